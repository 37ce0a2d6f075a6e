/** The outcome of a match: who took part, with places, teams and medals, in the form that is kept. */
import type { KnownVisitor } from "#server/admission/joinOptions.ts";
import type { Removal } from "#server/rooms/people.ts";
import { type MatchPlayer, type MatchResult, PLAYERS_MAX } from "#server/store/results/matchResult.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import type { FeatName } from "#shared/schema/names.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import type { Stats, WeaponStats, World } from "#shared/sim/world.ts";
import type { WeaponName } from "#shared/tuning.ts";

/** Why somebody no longer fights. */
export type Leaving = "left" | Removal | "spectates";

/** A person or bot in a match. A person who leaves and comes back within the match is the same participant. */
export interface Participant {
  /** The visitor as of their last join; undefined for bots. */
  person: KnownVisitor | undefined;
  readonly name: string;
  /** The household's number within the match. */
  readonly network: number | null;
  /** Every seat that they have had: statistics are counted by seat. */
  readonly seats: Set<string>;
  /** Ticks in the fight, by team. */
  readonly ticksOnTeam: Map<number, number>;
  /** Score of the drones that they no longer have. */
  score: number;
  /** Null while they have a drone. */
  left: { readonly why: Leaving; readonly tick: number } | null;
}

export interface MatchUnderWay {
  readonly id: string;
  readonly startedTick: number;
  readonly participants: Participant[];
  /** By seat. */
  readonly bySeat: Map<string, Participant>;
  readonly households: Map<string, number>;
}

/** Undefined if nobody with an identity took part: nothing would be counted. */
export function resultOf(
  world: ArenaWorld,
  match: MatchUnderWay,
  how: MatchResult["how"],
): MatchResult | undefined {
  const taking = match.participants.filter((participant) => tookPart(world, participant));
  if (!taking.some(({ person }) => person?.identity !== undefined)) return undefined;
  const { state, rules } = world;
  const isOfSides = isTeamed(rules);
  const players = boundedTo(PLAYERS_MAX, taking).map((participant, index) =>
    playerOf(world, match, participant, isOfSides ? teamOf(world, participant) : index),
  );
  givePlaces(players, isOfSides ? [state.scoreA, state.scoreB] : undefined);
  const endedAt = Date.now();
  return {
    id: match.id,
    protocol: PROTOCOL_VERSION,
    arena: state.map,
    mode: state.mode,
    isHosted: state.hosted,
    rules: {
      timeLimitSec: rules.timeLimitTicks / TICKS_PER_SEC,
      scoreLimit: rules.scoreLimit,
      friendlyFire: rules.friendlyFire,
    },
    // By ticks: while nobody plays, the room stands still and the clock goes on.
    startedAt: endedAt - Math.round(((state.tick - match.startedTick) * 1000) / TICKS_PER_SEC),
    endedAt,
    how,
    teamScores: isOfSides ? [state.scoreA, state.scoreB] : null,
    players,
  };
}

/** A bot counts if it is there at the end: others made way for people. A person who left within a second has not played. */
function tookPart(world: ArenaWorld, participant: Participant): boolean {
  const isHere = seatsInFight(world, participant).length > 0;
  return isHere || (participant.person !== undefined && ticksOf(participant) > 0);
}

/** Keeps people with an identity first: nothing is counted for the others. */
function boundedTo(max: number, participants: readonly Participant[]): readonly Participant[] {
  if (participants.length <= max) return participants;
  const isKnown = ({ person }: Participant) => person?.identity !== undefined;
  return [...participants.filter(isKnown), ...participants.filter((one) => !isKnown(one))].slice(0, max);
}

const seatsInFight = ({ state }: ArenaWorld, { seats }: Participant): string[] =>
  [...seats].filter((id) => state.drones.get(id) !== undefined);

const ticksOf = ({ ticksOnTeam }: Participant): number =>
  [...ticksOnTeam.values()].reduce((sum, ticks) => sum + ticks, 0);

/** The side on which the player fought for longest: changing to the winners at the last moment wins nothing. */
function teamOf(world: ArenaWorld, participant: Participant): number {
  const [longest] = [...participant.ticksOnTeam].sort(([, a], [, b]) => b - a);
  const [id = ""] = seatsInFight(world, participant);
  return longest?.[0] ?? world.state.drones.get(id)?.team ?? 0;
}

/** `place` is 1 until `givePlaces` sets it. */
function playerOf(
  world: ArenaWorld,
  match: MatchUnderWay,
  participant: Participant,
  team: number,
): MatchPlayer {
  const { state } = world;
  const { person, network, seats, left } = participant;
  const here = seatsInFight(world, participant);
  return {
    identity: person?.identity ?? null,
    isBot: person === undefined,
    network,
    name: here.map((id) => state.roster.get(id)?.name).find(Boolean) ?? participant.name,
    team,
    place: 1,
    score: here.reduce((sum, id) => sum + (state.drones.get(id)?.score ?? 0), participant.score),
    ...tallyOf(world, seats),
    medals: Array.from(state.awards).flatMap(({ kind, drone }) => (seats.has(drone) ? [kind] : [])),
    // A person with two tabs plays in both at the same time.
    playedSec: Math.min(ticksOf(participant), state.tick - match.startedTick) / TICKS_PER_SEC,
    left: left && { why: left.why, afterSec: (left.tick - match.startedTick) / TICKS_PER_SEC },
  };
}

type Tally = Pick<
  MatchPlayer,
  "kills" | "deaths" | "assists" | "damage" | "flags" | "hillSec" | "longestStreak" | "weapons" | "feats"
>;

/** The statistics of all seats of a player. */
function tallyOf({ stats }: World, seats: ReadonlySet<string>): Tally {
  const all = [...seats].flatMap((id) => stats.get(id) ?? []);
  const sum = (of: (stats: Stats) => number) => all.reduce((total, one) => total + of(one), 0);
  return {
    kills: sum(({ kills }) => kills),
    deaths: sum(({ deaths }) => deaths),
    assists: sum(({ assists }) => assists),
    damage: sum(({ damage }) => damage),
    flags: sum(({ carries }) => carries),
    hillSec: sum(({ hillTicks }) => hillTicks) / TICKS_PER_SEC,
    longestStreak: Math.max(0, ...all.map(({ longestStreak }) => longestStreak)),
    weapons: weaponsOf(all),
    feats: featsOf(all),
  };
}

function featsOf(all: readonly Stats[]): MatchPlayer["feats"] {
  const sums: MatchPlayer["feats"] = {};
  for (const { feats } of all)
    for (const [name, times] of Object.entries(feats) as [FeatName, number][])
      sums[name] = (sums[name] ?? 0) + times;
  return sums;
}

function weaponsOf(all: readonly Stats[]): MatchPlayer["weapons"] {
  const sums: Partial<Record<WeaponName, WeaponStats>> = {};
  for (const { weapons } of all) {
    for (const [weapon, { shots, hits, kills, damage }] of Object.entries(weapons) as [
      WeaponName,
      WeaponStats,
    ][]) {
      const sum = sums[weapon] ?? { shots: 0, hits: 0, kills: 0, damage: 0 };
      sums[weapon] = {
        shots: sum.shots + shots,
        hits: sum.hits + hits,
        kills: sum.kills + kills,
        damage: sum.damage + damage,
      };
    }
  }
  return sums;
}

/**
 * Sorts the players by place. With sides, their scores decide. Without, whoever left is behind everybody who stayed, and
 * among both the score decides. Equal ones share a place.
 */
function givePlaces(players: MatchPlayer[], sides: readonly [number, number] | undefined): void {
  const rank = ({ team, left, score }: MatchPlayer): readonly [number, number] =>
    sides ? [0, sides[team as 0 | 1]] : [left === null ? 0 : 1, score];
  const compare = (a: MatchPlayer, b: MatchPlayer) => {
    const [[goneA, scoreA], [goneB, scoreB]] = [rank(a), rank(b)];
    return goneA - goneB || scoreB - scoreA;
  };
  players.sort((a, b) => compare(a, b) || b.score - a.score);
  let ahead: MatchPlayer | undefined;
  for (const [index, player] of players.entries()) {
    const isTie = ahead !== undefined && compare(ahead, player) === 0;
    player.place = isTie ? (ahead?.place ?? 1) : sides && ahead ? 2 : index + 1;
    ahead = player;
  }
}
