/** Each medal by a minimal match, and by the nearest one that does not earn it. */
import { describe, expect, test } from "vitest";
import {
  kindOf,
  type Lifetime,
  MEDAL_NAMES,
  type MedalName,
  medalsIn,
  standingOf,
  tiersOf,
} from "./medals.ts";
import type { PlayedMatch } from "./playedMatch.ts";

const match = (change: Partial<PlayedMatch> = {}): PlayedMatch => ({
  ...{ mode: "deathmatch", how: "timeLimit", isWin: false, players: 4 },
  ...{ kills: 0, deaths: 1, assists: 0, damage: 0, flags: 0, hillSec: 0, longestStreak: 0, playedSec: 60 },
  ...{ weapons: {}, feats: {}, awards: [] },
  ...change,
});
const shots = (fired: number, hits: number) => ({
  weapons: { blaster: { shots: fired, hits, kills: 0, damage: 0 } },
});
const killed = (weapon: "rail" | "mortar" | "scatter" | "blaster", kills: number) => ({
  weapons: { [weapon]: { shots: kills, hits: 0, kills, damage: 0 } },
});

type MatchCase = readonly [earns: Partial<PlayedMatch>, misses: Partial<PlayedMatch>];
const MATCH_MEDALS: Partial<Record<MedalName, MatchCase>> = {
  kills: [{ awards: ["kills"] }, { awards: ["streak"] }],
  streak: [{ awards: ["streak"] }, { awards: ["kills"] }],
  accuracy: [{ awards: ["accuracy"] }, { awards: [] }],
  carries: [{ awards: ["carries"] }, { awards: [] }],
  victory: [{ isWin: true }, { isWin: false }],
  decided: [{ isWin: true, how: "scoreLimit" }, { isWin: true }],
  crowded: [
    { isWin: true, players: 8 },
    { isWin: true, players: 7 },
  ],
  spotless: [
    { kills: 5, deaths: 0 },
    { kills: 5, deaths: 1 },
  ],
  unstoppable: [{ longestStreak: 8 }, { longestStreak: 7 }],
  onslaught: [{ kills: 15 }, { kills: 14 }],
  heavyHitter: [{ damage: 2000 }, { damage: 1999 }],
  marksman: [shots(30, 15), shots(29, 29)],
  double: [{ feats: { multiKill: 1 } }, { feats: { streak: 1 } }],
  avenger: [{ feats: { revenge: 3 } }, { feats: { revenge: 2 } }],
  bountyHunter: [{ feats: { bounty: 1 } }, { feats: { bounty: 0 } }],
  wingman: [{ assists: 5 }, { assists: 4 }],
  railman: [killed("rail", 4), killed("rail", 3)],
  bombardier: [killed("mortar", 4), killed("rail", 4)],
  closeUp: [killed("scatter", 4), killed("scatter", 3)],
  blasterOnly: [killed("blaster", 8), killed("blaster", 7)],
  courier: [{ flags: 2 }, { flags: 1 }],
  flagGuard: [{ feats: { flagSave: 3 } }, { feats: { flagSave: 2 } }],
  holder: [{ hillSec: 60 }, { hillSec: 59.9 }],
  hillGuard: [{ feats: { hillSave: 3 } }, { feats: { hillSave: 2 } }],
};

const lifetime = (change: Partial<Lifetime> = {}): Lifetime => ({
  ...{ matches: 0, wins: 0, kills: 0, assists: 0, flags: 0, playedSec: 0, arenas: 0 },
  ...change,
});
const LIFETIME_MEDALS: Partial<Record<MedalName, keyof Lifetime>> = {
  veteran: "matches",
  victor: "wins",
  hunter: "kills",
  helper: "assists",
  bearer: "flags",
  traveller: "arenas",
};

test("[MEDAL-1] there are 30 medals, and each has a case here", () => {
  expect(MEDAL_NAMES).toHaveLength(30);
  const cases = [...Object.keys(MATCH_MEDALS), ...Object.keys(LIFETIME_MEDALS)];
  expect(cases.sort()).toEqual([...MEDAL_NAMES].sort());
});

describe("medals of a match", () => {
  test.each(Object.entries(MATCH_MEDALS) as [MedalName, MatchCase][])(
    "[MEDAL-2] %s is earned by a minimal match, and by no lesser one",
    (name, [earns, misses]) => {
      expect(kindOf(name)).toBe("match");
      expect(medalsIn(match(earns))).toContain(name);
      expect(medalsIn(match(misses))).not.toContain(name);
    },
  );

  test("[MEDAL-3] a match in which nothing was done brings none", () => {
    expect(medalsIn(match())).toEqual([]);
    expect(medalsIn(match(shots(30, 14)))).toEqual([]);
  });
});

describe("medals of a lifetime", () => {
  test.each(Object.entries(LIFETIME_MEDALS) as [MedalName, keyof Lifetime][])(
    "[MEDAL-4] %s rises a tier at each of its bounds, and not before",
    (name, sum) => {
      expect(kindOf(name)).toBe("lifetime");
      for (const [at, needed] of tiersOf(name).entries()) {
        expect(standingOf(name, lifetime({ [sum]: needed }))).toEqual({ value: needed, tier: at + 1 });
        expect(standingOf(name, lifetime({ [sum]: needed - 1 })).tier).toBe(at);
      }
    },
  );
});
