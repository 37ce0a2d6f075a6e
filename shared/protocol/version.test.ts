import { createHash } from "node:crypto";
import { Encoder, Reflection } from "@colyseus/schema";
import { expect, test } from "vitest";
import * as config from "#shared/config.ts";
import { CommandInput } from "#shared/schema/input.ts";
import { ArenaState } from "#shared/schema/state.ts";
import * as tuning from "#shared/tuning.ts";
import { PROTOCOL_VERSION } from "./version.ts";

/** Everything that client and server must agree on for prediction to hold. */
const fingerprint = () =>
  createHash("sha256")
    .update(Reflection.encode(new Encoder(new ArenaState())))
    .update(Reflection.encode(new Encoder(new CommandInput())))
    .update(JSON.stringify([config, tuning]))
    .digest("hex")
    .slice(0, 16);

test("[PROTOCOL-1] whoever changes schema, rates or tuning raises PROTOCOL_VERSION, and both here", () => {
  expect({ version: PROTOCOL_VERSION, fingerprint: fingerprint() }).toMatchInlineSnapshot(`
    {
      "fingerprint": "f39957c8461476e0",
      "version": 1,
    }
  `);
});
