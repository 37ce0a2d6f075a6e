/** Tells the processes of this one's version: a room may move between them under its connected pages. */
import { schemaFingerprint } from "#server/colyseus/schemaFingerprint.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import type { Hello } from "./messages.ts";

const own = schemaFingerprint();

/** Whether pages of this process' version can play in that one's rooms. */
export const isOfThisVersion = ({ protocol, schema }: Pick<Hello, "protocol" | "schema">): boolean =>
  protocol === PROTOCOL_VERSION && schema === own;
