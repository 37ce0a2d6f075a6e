/** Draws finished matches for tests: the same seed gives the same matches. */
import type { MatchPlayer, MatchResult } from "#server/store/results/matchResult.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import { pickIndex, seededRandom } from "#shared/sim/random.ts";
import { WEAPONS, type WeaponName } from "#shared/tuning.ts";

/** 2026-11-01. */
const FIRST_MS = Date.UTC(2026, 10, 1);
const MATCH_MS = 300_000;

export type Draw = () => number;

/** Numbers in [0, 1). */
export const drawFrom = (seed: number): Draw => seededRandom(seed).next;

/** A UUIDv7 of that time whose random part is `number`. */
export function matchId(atMs: number, number: number): string {
  const time = atMs.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${number.toString(16).padStart(12, "0")}`;
}

/** A rated public match of 300 s for tests to change: two sides of two, on two networks. */
export function aResult(change: Partial<MatchResult> = {}): MatchResult {
  const startedAt = change.startedAt ?? FIRST_MS;
  return {
    id: matchId(startedAt, 1),
    protocol: 1,
    arena: "foundry",
    mode: "teamDeathmatch",
    isHosted: false,
    rules: { timeLimitSec: 300, scoreLimit: 30, friendlyFire: false },
    startedAt,
    endedAt: startedAt + MATCH_MS,
    how: "scoreLimit",
    teamScores: [30, 12],
    players: ["ann", "ben", "cem", "dot"].map((identity, at) =>
      aPlayer({ identity, name: identity, network: at, team: at % 2, place: 1 + (at % 2) }),
    ),
    ...change,
  };
}

export const aPlayer = (change: Partial<MatchPlayer> = {}): MatchPlayer => ({
  identity: "ann",
  isBot: false,
  network: 0,
  name: "Ann",
  team: 0,
  place: 1,
  score: 12,
  kills: 6,
  deaths: 3,
  assists: 2,
  damage: 640,
  flags: 0,
  hillSec: 0,
  longestStreak: 3,
  weapons: { blaster: { shots: 100, hits: 40, kills: 6, damage: 640 } },
  feats: {},
  medals: ["kills"],
  playedSec: 300,
  left: null,
  ...change,
});

/** Match `number` (from 0) of a server on which `people` identities play with bots. */
export function drawMatch(draw: Draw, number: number, people: number, players = 8): MatchResult {
  const startedAt = FIRST_MS + number * MATCH_MS;
  const below = (bound: number) => pickIndex({ next: draw }, bound);
  const mode = MODE_NAMES[below(MODE_NAMES.length)] ?? "deathmatch";
  const isTeamed = mode === "teamDeathmatch" || mode === "captureTheFlag";
  const winners = below(2);
  const drawn = Array.from({ length: players }, (_, seat) => {
    const team = isTeamed ? seat % 2 : seat;
    return drawPlayer(below, people, { team, place: isTeamed ? (team === winners ? 1 : 2) : seat + 1 });
  });
  return aResult({
    id: matchId(startedAt, number),
    arena: ["foundry", "canyon", "harbour"][below(3)] ?? "foundry",
    mode,
    isHosted: below(10) === 0,
    startedAt,
    endedAt: startedAt + 60_000 + below(240_000),
    how: below(4) === 0 ? "timeLimit" : "scoreLimit",
    teamScores: isTeamed ? [below(40), below(40)] : null,
    players: drawn,
  });
}

function drawPlayer(
  below: (bound: number) => number,
  people: number,
  standing: { team: number; place: number },
): MatchPlayer {
  const isBot = below(4) === 0;
  const who = below(people);
  const used = (Object.keys(WEAPONS) as WeaponName[]).filter(
    (weapon) => weapon === "blaster" || below(2) === 0,
  );
  const tally = () => ({ shots: below(200), hits: below(80), kills: below(8), damage: below(900) });
  return aPlayer({
    identity: isBot ? null : `identity-${who}`,
    isBot,
    network: isBot ? null : below(4),
    name: isBot ? `Bot ${below(20)}` : `Player ${who}`,
    ...standing,
    score: below(40),
    kills: below(20),
    deaths: below(20),
    assists: below(10),
    damage: below(3000),
    flags: below(3),
    hillSec: below(600) / 10,
    longestStreak: below(8),
    weapons: Object.fromEntries(used.map((weapon) => [weapon, tally()])),
    feats: { revenge: below(5), multiKill: below(3) },
    medals: below(3) === 0 ? ["kills"] : [],
    playedSec: below(10) === 0 ? below(300) : 300,
    left: below(10) === 0 ? { why: "left", afterSec: below(3000) / 10 } : null,
  });
}
