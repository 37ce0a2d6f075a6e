/**
 * Adds up in memory what applyResult (server/store/results/results.ts) leaves in the database, for matches in the order of their ends.
 * Rows of a week, day or season that has passed are handed out, so that two years of matches fit into memory.
 */

import type { Tables } from "#server/store/database/tables.ts";
import { uuidBytes } from "#server/store/database/uuid.ts";
import { packDetails } from "#server/store/results/details.ts";
import { isListed } from "#server/store/results/ladder.ts";
import type { MatchResult } from "#server/store/results/matchResult.ts";
import { skillsAfter, weekScores } from "#server/store/results/ratedResult.ts";
import { currentAt } from "#server/store/results/resultCareer.ts";
import type { Person, Seat } from "#server/store/results/resultPlayers.ts";
import { isWinner, playedMatch, seatXp } from "#server/store/results/resultSums.ts";
import { ratedPeople, whyNotRated } from "#server/store/results/resultTerms.ts";
import { challengeOf } from "#shared/career/challenges.ts";
import { medalsIn } from "#shared/career/medals.ts";
import { dayOf, seasonOf, weekOf } from "#shared/rating/season.ts";
import { bucketOf, NEWCOMER, pointsOf, softReset } from "#shared/rating/skill.ts";

type Row<Table extends keyof Tables> = { -readonly [Column in keyof Tables[Table]]: unknown };
/** Rows to insert, by table. */
export type Rows = { [Table in keyof Tables]?: Row<Table>[] };

interface Owner {
  id: number;
  hasAccount: boolean;
}

interface Rating {
  playerId: number;
  mode: MatchResult["mode"];
  season: number;
  mu: number;
  sigma: number;
  games: number;
  points: number;
  listed: 0 | 1;
}

/** Rows by key. */
class Sums<Values extends object> {
  readonly rows = new Map<string, Values>();

  /** Creates the row with `start`, or changes the one that is there. */
  add(key: string, start: () => Values, change: (row: Values) => unknown): void {
    const row = this.rows.get(key);
    if (row) change(row);
    else this.rows.set(key, start());
  }

  /** Removes and returns those for which it holds; all without a condition. */
  take(condition: (row: Values) => boolean = () => true): Values[] {
    const taken = [...this.rows].filter(([, row]) => condition(row));
    for (const [key] of taken) this.rows.delete(key);
    return taken.map(([, row]) => row);
  }
}

type Counted = Record<string, string | number>;
const plus = (row: Counted, added: Readonly<Counted>, columns: readonly string[]) => {
  for (const column of columns) row[column] = Number(row[column]) + Number(added[column]);
};

const MODE_SUMS = [
  "matches",
  "wins",
  "kills",
  "deaths",
  "assists",
  "score",
  "damage",
  "flags",
  "hillSec",
  "playedSec",
];
const WEAPON_SUMS = ["shots", "hits", "kills", "damage"];
const WEEK_SUMS = ["matches", "score"];

export class Tally {
  readonly xp = new Map<number, number>();
  readonly #modes = new Sums<Counted>();
  readonly #weapons = new Sums<Counted>();
  readonly #arenas = new Sums<Counted>();
  readonly #medals = new Sums<Counted>();
  readonly #challenges = new Sums<Counted>();
  readonly #weeks = new Sums<Counted>();
  readonly #days = new Sums<Counted>();
  /** The latest of a player in a mode. */
  readonly #ratings = new Map<string, Rating>();
  readonly #buckets = new Sums<Counted>();
  readonly #ownerOf: (sub: string) => Owner;
  #matches = 0;
  #ended: Rating[] = [];
  #day = 0;

  /** `ownerOf` knows every identity of the matches. An identity plays at most once in a match. */
  constructor(ownerOf: (sub: string) => Owner) {
    this.#ownerOf = ownerOf;
  }

  /** Counts the next match. Returns its own rows, and those that no later match changes. */
  add(result: MatchResult): Rows {
    const { arena, mode, startedAt, endedAt } = result;
    const people = this.#peopleOf(result);
    const rated = ratedPeople(people);
    const whyUnrated = whyNotRated(result, rated);
    const moves = whyUnrated === null ? this.#rate(result, rated) : new Map<number, [number, number]>();
    const id = ++this.#matches;
    if (!result.isHosted) for (const person of people) this.#addSums(result, person);
    const seats = people.map(({ playerId, seats: [seat] }) => {
      const xp = seatXp(result, seat) + (result.isHosted ? 0 : this.#addChallenges(result, playerId, seat));
      this.xp.set(playerId, (this.xp.get(playerId) ?? 0) + xp);
      const [pointsBefore = null, pointsAfter = null] = moves.get(playerId) ?? [];
      return { matchId: id, seat: seat.seat, playerId, xp, pointsBefore, pointsAfter, wasDeleted: 0 };
    });
    const match = {
      ...{
        id,
        uuid: uuidBytes(result.id),
        arena,
        mode,
        isHosted: result.isHosted ? 1 : 0,
        startedAt,
        endedAt,
      },
      ...{ season: seasonOf(endedAt), whyUnrated, details: packDetails(result) },
    };
    return { match: [match], matchPlayer: seats, ...this.#takePassed(endedAt) };
  }

  /** The rest, once all matches are counted. */
  finish(): Rows {
    for (const rating of this.#ratings.values()) this.#end(rating);
    return {
      ...{ playerMode: this.#modes.take() as Rows["playerMode"] & object, rating: this.#takeEnded() },
      ...{ playerWeapon: this.#weapons.take() as Rows["playerWeapon"] & object },
      ...{ playerArena: this.#arenas.take() as Rows["playerArena"] & object },
      ...{ playerMedal: this.#medals.take() as Rows["playerMedal"] & object },
      ...{ playerChallenge: this.#challenges.take() as Rows["playerChallenge"] & object },
      ...{ playerWeek: this.#weeks.take() as Rows["playerWeek"] & object },
      ...{ ratingDay: this.#days.take() as Rows["ratingDay"] & object },
      ...{ ratingBucket: this.#buckets.take() as Rows["ratingBucket"] & object },
    };
  }

  #peopleOf({ players }: MatchResult): Person[] {
    const seats = players.map((player, seat): Seat => ({ ...player, seat }));
    const people = seats.flatMap((seat): Person[] =>
      seat.identity === null ? [] : [{ playerId: this.#ownerOf(seat.identity).id, seats: [seat] }],
    );
    return people.sort((one, other) => one.playerId - other.playerId);
  }

  #addSums(result: MatchResult, { playerId, seats: [seat] }: Person): void {
    const { mode, arena } = result;
    const { kills, deaths, assists, score, damage, flags, hillSec, playedSec, longestStreak } = seat;
    const wins = isWinner(result, seat) ? 1 : 0;
    const counted = { matches: 1, wins, kills, deaths, assists, score, damage, flags, hillSec, playedSec };
    this.#modes.add(
      `${playerId} ${mode}`,
      () => ({ playerId, mode, ...counted, bestStreak: longestStreak, bestScore: score, bestKills: kills }),
      (row) => {
        plus(row, counted, MODE_SUMS);
        row.bestStreak = Math.max(Number(row.bestStreak), longestStreak);
        row.bestScore = Math.max(Number(row.bestScore), score);
        row.bestKills = Math.max(Number(row.bestKills), kills);
      },
    );
    for (const [weapon, tally] of Object.entries(seat.weapons))
      this.#weapons.add(
        `${playerId} ${weapon}`,
        () => ({ playerId, weapon, ...tally }),
        (row) => plus(row, tally, WEAPON_SUMS),
      );
    this.#arenas.add(
      `${playerId} ${arena}`,
      () => ({ playerId, arena, matches: 1 }),
      (row) => plus(row, { matches: 1 }, ["matches"]),
    );
    for (const medal of medalsIn(playedMatch(result, seat)))
      this.#medals.add(
        `${playerId} ${medal}`,
        () => ({ playerId, medal, count: 1 }),
        (row) => plus(row, { count: 1 }, ["count"]),
      );
  }

  /** Returns the rewards. */
  #addChallenges(result: MatchResult, playerId: number, seat: Seat): number {
    let rewards = 0;
    for (const { challenge, period } of currentAt(result.endedAt)) {
      const { measure, goal, xp } = challengeOf(challenge);
      const added = measure(playedMatch(result, seat));
      if (added === 0) continue;
      const rewardAt = (progress: number) => (progress >= goal ? xp : 0);
      this.#challenges.add(
        `${playerId} ${period} ${challenge}`,
        () => {
          rewards += rewardAt(added);
          return { playerId, period, challenge, progress: added, reward: rewardAt(added) };
        },
        (row) => {
          row.progress = Number(row.progress) + added;
          if (row.reward !== 0) return;
          row.reward = rewardAt(row.progress);
          rewards += row.reward;
        },
      );
    }
    return rewards;
  }

  /** Points before and after, by player. */
  #rate(result: MatchResult, rated: readonly Person[]): Map<number, [number, number]> {
    const { mode, endedAt } = result;
    const season = seasonOf(endedAt);
    const before = rated.map(({ playerId }) => this.#standing(playerId, mode, season));
    const skillsBefore = before.map(({ skill }) => skill);
    const skills = skillsAfter(result, rated, skillsBefore);
    const scores = weekScores(rated, skillsBefore);
    const moves = rated.map(({ playerId, seats: [seat] }, at): [number, [number, number]] => {
      const { mu, sigma } = skills[at] ?? NEWCOMER;
      const { skill, games } = before[at] ?? { skill: NEWCOMER, games: 0 };
      const points = pointsOf({ mu, sigma });
      const { hasAccount } = this.#ownerOf(seat.identity ?? "");
      const listed = isListed(hasAccount, games + 1) ? 1 : 0;
      this.#keep({ playerId, mode, season, mu, sigma, games: games + 1, points, listed });
      const day = dayOf(endedAt);
      const row = { playerId, mode, day, points };
      this.#days.add(
        `${playerId} ${mode} ${day}`,
        () => row,
        (kept) => Object.assign(kept, { points }),
      );
      this.#addWeek(result, { playerId, score: scores[at] ?? 0, hasAccount });
      return [playerId, [pointsOf(skill), points]];
    });
    return new Map(moves);
  }

  #standing(playerId: number, mode: string, season: number) {
    const rating = this.#ratings.get(`${playerId} ${mode}`);
    if (!rating) return { skill: NEWCOMER, games: 0 };
    const { mu, sigma, games } = rating;
    if (rating.season === season) return { skill: { mu, sigma }, games };
    return { skill: softReset({ mu, sigma }, rating.season, season), games: 0 };
  }

  #keep(rating: Rating): void {
    const key = `${rating.playerId} ${rating.mode}`;
    const before = this.#ratings.get(key);
    if (before && before.season !== rating.season) this.#end(before);
    this.#ratings.set(key, rating);
  }

  #end(rating: Rating): void {
    const { mode, season, points, listed } = rating;
    this.#ended.push(rating);
    if (!listed) return;
    const bucket = bucketOf(points);
    this.#buckets.add(
      `${mode} ${season} ${bucket}`,
      () => ({ mode, season, bucket, players: 1 }),
      (row) => plus(row, { players: 1 }, ["players"]),
    );
  }

  #addWeek(
    { mode, endedAt }: MatchResult,
    { playerId, score, hasAccount }: { playerId: number; score: number; hasAccount: boolean },
  ): void {
    const week = weekOf(endedAt);
    const counted = { matches: 1, score };
    this.#weeks.add(
      `${playerId} ${mode} ${week}`,
      () => ({ week, mode, playerId, ...counted, listed: hasAccount ? 1 : 0 }),
      (row) => plus(row, counted, WEEK_SUMS),
    );
  }

  #takeEnded(): Rating[] {
    const ended = this.#ended;
    this.#ended = [];
    return ended;
  }

  /** Once a day. */
  #takePassed(nowMs: number): Rows {
    const [day, week] = [dayOf(nowMs), weekOf(nowMs)];
    if (day === this.#day) return {};
    this.#day = day;
    return {
      ratingDay: this.#days.take((row) => Number(row.day) < day) as Rows["ratingDay"] & object,
      playerWeek: this.#weeks.take((row) => Number(row.week) < week) as Rows["playerWeek"] & object,
      rating: this.#takeEnded(),
    };
  }
}
