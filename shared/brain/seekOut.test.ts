import { describe, expect, test } from "vitest";
import { companyOf } from "#shared/arena/company.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { contactTicks, type Manner } from "#shared/testing/newcomer.ts";
import { readArena } from "#shared/testing/readMap.ts";

const ROOMS = 64;
const WANTED_TICKS = 8 * TICKS_PER_SEC;
/** 5 of 100. */
const LATE_MAX = Math.floor(ROOMS * 0.05);

/** The arenas that a public room of few people plays. */
describe.each(["anvil", "causeway", "foundry", "orchard"])("%s", (name) => {
  const arena = readArena(name);
  const kinds = arena.modes.flatMap((mode) =>
    (["waits", "drives"] as const).map((manner): [typeof mode, Manner] => [mode, manner]),
  );
  test.each(kinds)("[CONTACT-1] in %s a lone newcomer who %s sees an enemy within 8 s", (mode, manner) => {
    let late = 0;
    for (let seed = 1; seed <= ROOMS; seed++) {
      const ticks = contactTicks({ arena, mode, manner, seed, bots: companyOf(arena) - 1 }, WANTED_TICKS + 1);
      if (ticks > WANTED_TICKS) late++;
    }
    expect(late).toBeLessThanOrEqual(LATE_MAX);
  });
});
