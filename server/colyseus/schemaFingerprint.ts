/** A fingerprint of what clients decode and send: equal in two processes if frames of one can be read as those of the other. */
import { createHash } from "node:crypto";
import { Encoder, Reflection } from "@colyseus/schema";
import { CommandInput } from "#shared/schema/input.ts";
import { ArenaState } from "#shared/schema/state.ts";

export const schemaFingerprint = (): string =>
  createHash("sha256")
    .update(Reflection.encode(new Encoder(new ArenaState())))
    .update(Reflection.encode(new Encoder(new CommandInput())))
    .digest("hex")
    .slice(0, 16);
