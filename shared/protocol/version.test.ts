import { createHash } from "node:crypto";
import { Encoder, Reflection } from "@colyseus/schema";
import { expect, test } from "vitest";
import * as config from "#shared/config.ts";
import { CommandInput } from "#shared/schema/input.ts";
import { ArenaState } from "#shared/schema/state.ts";
import { readArena } from "#shared/testing/readMap.ts";
import { playScriptedMatch } from "#shared/testing/scriptedMatch.ts";
import * as tuning from "#shared/tuning.ts";
import { PROTOCOL_VERSION } from "./version.ts";

/** What the newest version looks like. Raise the version in version.ts, then put its fingerprint here. */
const NEWEST = { version: 4, fingerprint: "c3a8e6d26fb78808" };

/** What both sides must agree on for prediction to hold: fields, rates, tuning, and the rules by what they do. */
const fingerprint = () =>
  createHash("sha256")
    .update(Reflection.encode(new Encoder(new ArenaState())))
    .update(Reflection.encode(new Encoder(new CommandInput())))
    .update(JSON.stringify([config, tuning, playScriptedMatch(readArena("foundry"), 1, 300)]))
    .digest("hex")
    .slice(0, 16);

test("[PROTOCOL-1] whoever changes schema, rates, tuning or rules raises PROTOCOL_VERSION", () => {
  expect({ version: PROTOCOL_VERSION, fingerprint: fingerprint() }).toEqual(NEWEST);
});
