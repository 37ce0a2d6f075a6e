/** A fingerprint of what clients decode: a room may move between processes of an equal one under its connected pages. */
import { createHash } from "node:crypto";
import { Encoder, Reflection } from "@colyseus/schema";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import { CommandInput } from "#shared/schema/input.ts";
import { ArenaState } from "#shared/schema/state.ts";
import type { Hello } from "./messages.ts";

export const schemaFingerprint = (): string =>
  createHash("sha256")
    .update(Reflection.encode(new Encoder(new ArenaState())))
    .update(Reflection.encode(new Encoder(new CommandInput())))
    .digest("hex")
    .slice(0, 16);

const own = schemaFingerprint();

/** Whether pages of this process' version can play in that one's rooms. */
export const isOfThisVersion = ({ protocol, schema }: Pick<Hello, "protocol" | "schema">): boolean =>
  protocol === PROTOCOL_VERSION && schema === own;
