/** Draws players and two years of their matches. The same seed gives the same ones. */
import type { MatchPlayer, MatchResult } from "#server/store/results/matchResult.ts";
import { type Draw, drawFrom, matchId } from "#server/testing/matches.ts";
import { MODE_NAMES, type ModeName } from "#shared/schema/names.ts";
import { WEAPONS, type WeaponName } from "#shared/tuning.ts";

export const ARENAS = ["anvil", "causeway", "foundry", "orchard", "sprawl"] as const;
const BOTS = ["Ada", "Bolt", "Cog", "Dot", "Echo", "Flux", "Gear", "Hex"] as const;
const SPECIALS = (Object.keys(WEAPONS) as WeaponName[]).filter((weapon) => weapon !== "blaster");
const AWARDS = ["accuracy", "carries", "kills", "streak"] as const;
const YEARS_MS = 2 * 365 * 86_400_000;

/** Shares of matches and players. */
const HOSTED = 0.1;
const CALLED_OFF = 0.02;
const ACCOUNTS = 0.6;
const LEAVES = 0.08;
/** Skew of the activity: the larger, the larger the share of all matches that the most active players play. */
const SKEW = 2.5;

export interface Plan {
  players: number;
  matches: number;
  /** Milliseconds since 1970: when the last match ended. */
  untilMs: number;
  seed: number;
}

export interface DrawnPlayer {
  id: number;
  sub: string;
  /** Null for a guest. */
  name: string | null;
}

/** Player `id`, from 1 on. */
export function drawnPlayer(id: number): DrawnPlayer {
  const isAccount = (id * 0.618_034) % 1 < ACCOUNTS;
  const sub = `00000000-0000-4000-8000-${String(id).padStart(12, "0")}`;
  return { id, sub, name: isAccount ? `Player ${id}` : null };
}

/** A player's skill, 0…1, the same in every match: higher ones win more. */
const skillOf = (id: number) => (id * 0.754_877) % 1;

/** All matches, in the order of their ends. */
export function* drawMatches(plan: Plan): Generator<MatchResult> {
  const draw = drawFrom(plan.seed);
  for (let number = 0; number < plan.matches; number++) yield drawOne(plan, draw, number);
}

function drawOne({ players, matches, untilMs }: Plan, draw: Draw, number: number): MatchResult {
  const below = (bound: number) => Math.floor(draw() * bound);
  const endedAt = untilMs - Math.round((YEARS_MS * (matches - 1 - number)) / matches);
  const durationMs = 60_000 + below(240_000);
  const startedAt = endedAt - durationMs;
  const mode = MODE_NAMES[below(MODE_NAMES.length)] ?? "deathmatch";
  const people = drawPeople(draw, players, 2 + below(7));
  const fighters = [...people, ...Array.from({ length: below(4) }, () => null)];
  const ranked = fighters
    .map((id) => ({ id, form: (id === null ? 0.3 : skillOf(id)) + draw() * 0.8 }))
    .sort((one, other) => other.form - one.form);
  const isTeamed = mode === "teamDeathmatch" || mode === "captureTheFlag";
  return {
    id: matchId(startedAt, number),
    protocol: 7,
    arena: ARENAS[below(ARENAS.length)] ?? "foundry",
    mode,
    isHosted: draw() < HOSTED,
    rules: { timeLimitSec: 300, scoreLimit: 30, friendlyFire: false },
    startedAt,
    endedAt,
    how: draw() < CALLED_OFF ? "calledOff" : below(3) === 0 ? "timeLimit" : "scoreLimit",
    teamScores: isTeamed ? [30, below(30)] : null,
    players: ranked.map(({ id }, at) => drawFighter(draw, id, { mode, at, isTeamed, durationMs })),
  };
}

/** Different players, the active ones more often. Their ids are scattered, as those of players who come and go are. */
function drawPeople(draw: Draw, players: number, count: number): number[] {
  const chosen = new Set<number>();
  while (chosen.size < Math.min(count, players)) {
    const rank = Math.floor(players * draw() ** SKEW);
    chosen.add(1 + ((rank * 7_919) % players));
  }
  return [...chosen];
}

interface Standing {
  mode: ModeName;
  /** Place by form, from 0 on. */
  at: number;
  isTeamed: boolean;
  durationMs: number;
}

function drawFighter(
  draw: Draw,
  id: number | null,
  { mode, at, isTeamed, durationMs }: Standing,
): MatchPlayer {
  const below = (bound: number) => Math.floor(draw() * bound);
  const player = id === null ? null : drawnPlayer(id);
  const hasLeft = player !== null && draw() < LEAVES;
  const kills = below(14 - Math.min(8, at));
  const special = SPECIALS[below(SPECIALS.length)] ?? "blaster";
  const bySpecial = Math.floor(kills / 3);
  const seconds = Math.round(durationMs / 100) / 10;
  const leftSec = hasLeft ? Math.round(seconds * draw() * 10) / 10 : undefined;
  return {
    identity: player?.sub ?? null,
    isBot: player === null,
    network: player === null ? null : Math.floor(player.id / 2),
    name: player === null ? (BOTS[below(BOTS.length)] ?? "Ada") : (player.name ?? `Guest ${player.id}`),
    team: isTeamed ? at % 2 : at,
    place: isTeamed ? 1 + (at % 2) : at + 1,
    score: kills + below(6),
    kills,
    deaths: below(12),
    assists: below(6),
    damage: kills * 100 + below(400),
    flags: mode === "captureTheFlag" ? below(3) : 0,
    hillSec: mode === "kingOfTheHill" ? below(600) / 10 : 0,
    longestStreak: below(Math.max(1, kills)),
    weapons: {
      blaster: {
        shots: 80 + below(200),
        hits: 20 + below(60),
        kills: kills - bySpecial,
        damage: 100 + below(900),
      },
      [special]: { shots: 1 + below(12), hits: below(6), kills: bySpecial, damage: below(400) },
    },
    feats: {},
    medals: player !== null && below(5) === 0 ? [AWARDS[below(AWARDS.length)] ?? "kills"] : [],
    playedSec: leftSec ?? seconds,
    left: leftSec === undefined ? null : { why: "left", afterSec: leftSec },
  };
}
