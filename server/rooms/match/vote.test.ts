/** Tests what the vote offers. */
import { expect, test } from "vitest";
import { MODE_NAMES } from "#shared/schema/names.ts";
import { ArenaState } from "#shared/schema/state.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { Vote } from "./vote.ts";

function offersOf(seed: number) {
  const state = new ArenaState();
  state.map = "foundry";
  state.mode = "deathmatch";
  new Vote(state, seededRandom(seed)).open();
  return Array.from(state.candidates, ({ map, mode }) => ({ map, mode }));
}

test("[VOTE-1] the candidates differ in mode and arena, and every mode has its turn", () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 40; seed++) {
    const offers = offersOf(seed);
    expect([offers.length, new Set(offers.map(({ mode }) => mode)).size]).toEqual([3, 3]);
    expect([seed, new Set(offers.map(({ map }) => map)).size]).toEqual([seed, 3]);
    expect(offers).not.toContainEqual({ map: "foundry", mode: "deathmatch" });
    for (const { mode } of offers) seen.add(mode);
  }
  expect([...seen].sort()).toEqual([...MODE_NAMES].sort());
});
