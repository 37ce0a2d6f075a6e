import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Fork } from "./fork.ts";
import { HOST_ACTION, MODE, SETTING, STAMP, WEAPON } from "./recipes.ts";

let fork: Fork;
beforeAll(async () => {
  fork = await Fork.create();
  await fork.add("shared/modes/lastDroneStanding.ts", "examples/lastDroneStanding.ts");
  await fork.apply([...MODE, ...WEAPON, ...SETTING, ...HOST_ACTION, ...STAMP]);
});
afterAll(() => fork?.remove());

test("[EXTEND-1] the recipes' edits are all that the compiler asks for", { timeout: 120_000 }, async () => {
  expect(await fork.typeErrors()).toBe("");
});

test("[EXTEND-2] the example mode is played by bots until it is decided", async () => {
  expect(await fork.play("mode.ts")).toEqual({ mode: "lastDroneStanding", phase: "results", best: 3 });
});

test("[EXTEND-3] the example weapon is picked up, fires, destroys a drone, and has its looks", async () => {
  expect(await fork.play("weapon.ts")).toEqual({
    held: "needler",
    picked: true,
    kill: { type: "kill", killer: "shooter", victim: "victim", weapon: "needler" },
    hasLooks: true,
  });
});

test("[EXTEND-4] the example host action is performed on a running server, and refused for an unknown seat", async () => {
  expect(await fork.play("hostAction.ts")).toEqual({
    done: { ok: true },
    hp: 100,
    refused: { ok: false, reason: "nobody" },
  });
});

test("[EXTEND-5] docs/extending.md shows the code of the examples, to the letter", () => {
  const page = readFileSync(new URL("../docs/extending.md", import.meta.url), "utf8").replace(/\s+/g, " ");
  const missing = [...MODE, ...WEAPON, ...SETTING, ...HOST_ACTION, ...STAMP].filter(
    ({ text }) => !page.includes(text.trim().replace(/\s+/g, " ")),
  );
  expect(missing).toEqual([]);
});
