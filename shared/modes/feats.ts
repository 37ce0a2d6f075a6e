/**
 * Judges feats from the kills of a live tick; captureTheFlag.ts and kingOfTheHill.ts add the saves of their modes.
 * Feats are told and counted, and give no points: what decides a match, and with it the ratings, stays in the mode's file.
 */
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { FeatName } from "#shared/schema/names.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { lineUp } from "#shared/sim/lineup.ts";
import { areMates } from "#shared/sim/teams.ts";
import { isAlive, type World } from "#shared/sim/world.ts";
import { countStats, helpersIn, statsOf } from "./stats.ts";

type Kill = Extract<SimEvent, { type: "kill" }>;

/** A kill continues a series if the one before it is no older than this. */
const SERIES_TICKS = 4 * TICKS_PER_SEC;
/** There is a bounty on a drone that leads alone by this many points… */
export const BOUNTY_LEAD = 3;
/** …and on one that has made this many kills in its life. */
export const BOUNTY_STREAK = 5;

export const feat = (name: FeatName, drone: string, value = 1): Extract<SimEvent, { type: "feat" }> => ({
  type: "feat",
  feat: name,
  drone,
  value,
});

/**
 * Counts the events from index `from` on into the statistics, and appends the feats that they are. Each event is judged
 * by what was counted before it. Returns the number of events that are counted.
 */
export function countAndJudge(world: World, events: SimEvent[], from = 0): number {
  // The loop reaches the feats that it appends.
  for (let at = from; at < events.length; at++) {
    const event = events[at] as SimEvent;
    if (event.type === "kill") judgeKill(world, event, events);
    countStats(world, event);
  }
  return events.length;
}

function judgeKill(world: World, kill: Kill, events: SimEvent[]): void {
  const { killer, victim } = kill;
  for (const helper of helpersIn(world, kill)) events.push(feat("assist", helper));
  if (areMates(world, killer, victim)) return;
  judgeSeries(world, killer, events);
  const streak = statsOf(world, killer).streak + 1;
  if (isStreak(streak)) events.push(feat("streak", killer, streak));
  if (takesRevenge(world, kill)) events.push(feat("revenge", killer));
  if (statsOf(world, victim).streak >= BOUNTY_STREAK || leaderIn(world) === victim) {
    events.push(feat("bounty", killer));
  }
}

function judgeSeries(world: World, killer: string, events: SimEvent[]): void {
  const stats = statsOf(world, killer);
  const { tick } = world.state;
  stats.series = tick - stats.lastKillTick <= SERIES_TICKS ? stats.series + 1 : 1;
  stats.lastKillTick = tick;
  if (stats.series > 1) events.push(feat("multiKill", killer, stats.series));
}

/** 3, 5, 8, 12, 17 and so on: each step is one kill longer than the last. */
export function isStreak(kills: number): boolean {
  let next = 3;
  for (let step = 2; next < kills; step++) next += step;
  return next === kills;
}

/**
 * One destruction is avenged once. A drone that is destroyed itself by now fired without a grudge; and it still sees through
 * its killer's eyes.
 */
function takesRevenge({ state }: World, { killer, victim }: Kill): boolean {
  const drone = state.drones.get(killer);
  if (!drone || !isAlive(drone) || drone.killer !== victim) return false;
  drone.killer = "";
  return true;
}

function leaderIn(world: World): string | undefined {
  return leaderOf(lineUp(world).byId.map(({ id, drone: { score } }) => ({ id, score })));
}

/** The one that is ahead of everybody else by BOUNTY_LEAD points or more; undefined if nobody is. */
export function leaderOf(
  drones: Iterable<{ readonly id: string; readonly score: number }>,
): string | undefined {
  let leader: string | undefined;
  let best = Number.NEGATIVE_INFINITY;
  let second = Number.NEGATIVE_INFINITY;
  for (const { id, score } of drones) {
    if (score > best) {
      second = best;
      best = score;
      leader = id;
    } else if (score > second) second = score;
  }
  // One drone alone leads nobody.
  return Number.isFinite(second) && best - second >= BOUNTY_LEAD ? leader : undefined;
}
