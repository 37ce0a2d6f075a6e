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

/** Fingerprint of the newest version. After a change raise the version in version.ts and update both here. */
const NEWEST = { version: 10, fingerprint: "69f046dde8562462" };

/** A hash of everything that both sides must agree on: fields, rates, tuning, and the outcome of a scripted match. */
const fingerprint = () =>
  createHash("sha256")
    .update(Reflection.encode(new Encoder(new ArenaState())))
    .update(Reflection.encode(new Encoder(new CommandInput())))
    .update(JSON.stringify([config, tuning, playScriptedMatch(readArena("foundry"), 1, 300)]))
    .digest("hex")
    .slice(0, 16);

test("[PROTOCOL-1] a change of schema, rates, tuning or rules needs a new PROTOCOL_VERSION", () => {
  expect({ version: PROTOCOL_VERSION, fingerprint: fingerprint() }).toEqual(NEWEST);
});
