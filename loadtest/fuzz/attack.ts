/** A few attackers that join, send their planned frames, are thrown out, and join again, until all frames are sent. */
import { setTimeout as wait } from "node:timers/promises";
import type { Attack } from "./context.ts";
import { type ConnectionPlan, planConnection, planTogether } from "./plan/connection.ts";
import { playConnection } from "./playConnection.ts";
import { connectionSuspect } from "./suspects.ts";
import { type Entry, enter, type SeatKey, type Way } from "./wire/enter.ts";
import { from } from "./wire/sources.ts";

type Entered = Extract<Entry, { kind: "in" }>;

const ATTACKERS = 6;
const REFUSED_MS = 100;
/** An attacker that cannot join for this long is a violation: nothing would be tested. */
const LOCKED_OUT_MS = 60_000;

/** Returns the index of the first connection that was not made. */
export async function attack(options: Attack): Promise<number> {
  let next = options.from;
  const isOver = () =>
    options.watchdog.violations.length > 0 || options.tally.frames.total >= options.untilFrames;
  const attacker = async () => {
    let seat: SeatKey | undefined;
    while (!isOver()) {
      const index = next++;
      options.requests.send(options, index);
      const together = planTogether(options.seed, index);
      if (together) await attackTogether(options, together, isOver);
      else seat = await attackOnce(options, planConnection(options.seed, index), seat, isOver);
      await options.pace.next();
    }
  };
  await Promise.all(Array.from({ length: ATTACKERS }, attacker));
  return next;
}

/** Makes one connection. Returns the key of its seat if the seat is kept. */
async function attackOnce(
  options: Attack,
  plan: ConnectionPlan,
  kept: SeatKey | undefined,
  isOver: () => boolean,
): Promise<SeatKey | undefined> {
  const entered = await getIn(options, plan.index, kept, isOver);
  if (!entered) return undefined;
  const { link, room } = entered;
  await play(options, plan, entered);
  // A client that was thrown out has no seat to return to; a few ask for it anyway.
  const isKept = link.ending ? plan.index % 16 === 0 : plan.ending !== "leave";
  return link.token !== undefined && isKept ? { room, token: link.token } : undefined;
}

/** All join first; then all send at once. */
async function attackTogether(
  options: Attack,
  plans: readonly ConnectionPlan[],
  isOver: () => boolean,
): Promise<void> {
  const entered: [ConnectionPlan, Entered][] = [];
  for (const [nth, plan] of plans.entries()) {
    const one = await getIn(options, plan.index + nth, undefined, isOver);
    if (one) entered.push([plan, one]);
  }
  options.tally.together++;
  await Promise.all(entered.map(([plan, one]) => play(options, plan, one)));
}

async function play(options: Attack, plan: ConnectionPlan, { link, room }: Entered): Promise<void> {
  const { tally, target, suspects, watchdog, seed } = options;
  tally.connections++;
  if (room === target.room) tally.besideThePair++;
  const suspect = connectionSuspect(seed, plan);
  const done = suspects.note(suspect);
  await playConnection(plan, link, tally, async (what) => {
    // If the server has just died, that is the violation, and another connection caused it.
    await watchdog.lastWord();
    if (watchdog.violations.length > 0) return;
    suspects.convict(suspect);
    watchdog.bark(what);
  });
  done();
}

/** Joins: back to the kept seat, else the honest pair's room, else any. Undefined if the run ends first. */
async function getIn(
  { address, target, tally, watchdog, suspects }: Attack,
  index: number,
  kept: SeatKey | undefined,
  isOver: () => boolean,
): Promise<Entered | undefined> {
  const giveUpAt = performance.now() + LOCKED_OUT_MS;
  let ways: Way[] = [...(kept ? [kept] : []), "beside", "anywhere"];
  while (!isOver()) {
    for (const way of ways) {
      const entry = await enter(from(address, "attackers", index), target, way).catch(noAnswer);
      if (entry.kind === "in") {
        if (way === kept) tally.returns++;
        return entry;
      }
      tally.refusals.add(`${entry.status} ${entry.reason}`);
      if (performance.now() < giveUpAt) continue;
      suspects.convict();
      watchdog.bark(`attackers are locked out: ${entry.status} ${entry.reason}`);
    }
    // The kept seat is asked for only once.
    ways = ["beside", "anywhere"];
    await wait(REFUSED_MS);
  }
  return undefined;
}

const noAnswer = (error: Error): Entry => ({ kind: "refused", status: 0, reason: error.message });
