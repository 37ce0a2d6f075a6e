/** How a simulated match ends: by hidden skill, luck, and who was there for how long. */
import { sum } from "#shared/figures/stats.ts";
import type { Rated } from "#shared/rating/rating.ts";
import type { Random } from "#shared/sim/random.ts";
import { normal, type Person } from "./people.ts";

/** Luck in one match against the spread of hidden skill: half of it, as openskill assumes. */
const LUCK = 0.5;
const BOT_HIDDEN = -1;
/** Score in a match beyond hidden skill, so that nearly everybody scores while there. */
const SCORE_BASE = 2;
const LATE_SHARE = 0.08;
const LEAVER_SHARE = 0.08;

/** Without `skill`. */
export type Ending = Omit<Rated, "skill">;

export interface Seat {
  readonly person: Person;
  readonly points: number;
}

/** In the order of the seats. `bots` hold seats as well: they fill the smaller side, and are not rated. */
export function play(seats: readonly Seat[], isTeamed: boolean, bots: number, random: Random): Ending[] {
  const drawn = seats.map(() => random.next());
  const isLate = drawn.map((number) => number > 1 - LATE_SHARE);
  const stays = drawn.map((number): Stay => {
    const time = 0.1 + 0.8 * random.next();
    return number < LEAVER_SHARE ? { from: 0, to: time, hasLeft: true } : { from: 0, to: 1, hasLeft: false };
  });
  const sides = isTeamed ? evenSides(seats, isLate) : seats.map((_, at) => at);
  for (const at of seats.keys()) if (isLate[at]) comeLate(at, sides, stays, isTeamed, random);
  const halves = seats.map(() => [normal(random), normal(random)] as const);
  const scoreAt = (seat: number, time: number) => scoreOf(seats[seat], stays[seat], halves[seat], time);
  const half = totals(sides, isTeamed, bots, (seat) => scoreAt(seat, 0.5));
  for (const [at, { person }] of seats.entries())
    if (person.kind === "quitter" && isBehind(half, at)) stays[at] = { from: 0, to: 0.5, hasLeft: true };
  const whole = totals(sides, isTeamed, bots, (seat) => scoreAt(seat, 1));
  return seats.map(({ person: { network } }, at) => {
    const { from, to, hasLeft } = stays[at] ?? ALWAYS;
    const place = 1 + whole.filter((other) => other > (whole[at] ?? 0)).length;
    return { network, hasLeft, place, team: sides[at] ?? 0, share: to - from };
  });
}

interface Stay {
  from: number;
  to: number;
  hasLeft: boolean;
}

const ALWAYS: Stay = { from: 0, to: 1, hasLeft: false };

/** Takes the seat of the first who left and was not replaced yet; otherwise one that had been free. */
function comeLate(at: number, sides: number[], stays: Stay[], isTeamed: boolean, random: Random): void {
  const taken = new Set(stays.filter(({ from }) => from > 0).map(({ from }) => from));
  const leaver = stays.findIndex(({ hasLeft, to }) => hasLeft && to < 0.9 && !taken.has(to));
  const from = stays[leaver]?.to ?? 0.1 + 0.8 * random.next();
  stays[at] = { from, to: 1, hasLeft: false };
  if (!isTeamed) return;
  const count = (side: number) => sides.filter((each) => each === side).length;
  sides[at] = sides[leaver] ?? (count(1) < count(0) ? 1 : 0);
}

/** Score at a time from 0 to 1; luck is as large in either half. */
function scoreOf(
  seat: Seat | undefined,
  { from, to }: Stay = ALWAYS,
  luck: readonly [number, number] = [0, 0],
  time: number,
): number {
  const played = Math.max(0, Math.min(time, to) - from);
  const [first, second] = [Math.min(played, 0.5), Math.max(0, played - 0.5)];
  const lucky = LUCK * (Math.sqrt(first) * luck[0] + Math.sqrt(second) * luck[1]);
  return played * ((seat?.person.hidden ?? BOT_HIDDEN) + SCORE_BASE) + lucky;
}

/** Each seat's score; with sides, the score of its side, whose empty seats bots hold. */
function totals(sides: readonly number[], isTeamed: boolean, bots: number, score: (seat: number) => number) {
  const own = sides.map((_, seat) => score(seat));
  if (!isTeamed) return own;
  const seatsOfSide = Math.ceil((sides.length + bots) / 2);
  const [first = 0, second = 0] = [0, 1].map((side) => {
    const members = own.filter((_, seat) => sides[seat] === side);
    return sum(members) + (seatsOfSide - members.length) * (BOT_HIDDEN + SCORE_BASE);
  });
  return sides.map((side) => (side === 0 ? first : second));
}

/** Below the middle. */
const isBehind = (scores: readonly number[], at: number) => {
  const mine = scores[at] ?? 0;
  return scores.filter((score) => score > mine).length > scores.filter((score) => score < mine).length;
};

/** Strongest first, each to the weaker side that has a seat; -1 for those who come late. */
function evenSides(seats: readonly Seat[], isLate: readonly boolean[]): number[] {
  const sides = seats.map(() => -1);
  const totals = [0, 0];
  const members = [0, 0];
  const order = seats
    .map((_, at) => at)
    .filter((at) => !isLate[at])
    .sort((a, b) => (seats[b]?.points ?? 0) - (seats[a]?.points ?? 0));
  for (const at of order) {
    const [one = 0, other = 0] = members;
    const isFull = (count: number) => count >= Math.ceil(order.length / 2);
    const side = isFull(one) || (!isFull(other) && (totals[1] ?? 0) < (totals[0] ?? 0)) ? 1 : 0;
    sides[at] = side;
    totals[side] = (totals[side] ?? 0) + (seats[at]?.points ?? 0);
    members[side] = (members[side] ?? 0) + 1;
  }
  return sides;
}
