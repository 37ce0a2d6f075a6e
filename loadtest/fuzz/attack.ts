/** A handful of attackers who come, send what they have planned, are thrown out, and come again, until all is sent. */
import { setTimeout as wait } from "node:timers/promises";
import { type ConnectionPlan, planConnection } from "./plan/connection.ts";
import { playConnection } from "./playConnection.ts";
import type { Run } from "./run.ts";
import type { RequestSender } from "./sendRequests.ts";
import { connectionSuspect } from "./suspects.ts";
import { type Entry, enter, type OwnedSeat, type Way } from "./wire/enter.ts";
import type { Address, Link } from "./wire/link.ts";
import { from } from "./wire/sources.ts";

export interface Attack extends Run {
  address: Address;
  requests: RequestSender;
  seed: number;
  /** Connections before this one of the seed are left out. */
  from: number;
  /** The attack is over when so many frames of the tally's are sent. */
  untilFrames: number;
}

const ATTACKERS = 6;
const REFUSED_MS = 100;
/** When nobody gets in for so long, there is nothing to test. */
const LOCKED_OUT_MS = 60_000;

/** Returns the first connection that was not made. */
export async function attack(options: Attack): Promise<number> {
  let next = options.from;
  const isOver = () =>
    options.watchdog.violations.length > 0 || options.tally.frames.total >= options.untilFrames;
  const attacker = async () => {
    let seat: OwnedSeat | undefined;
    while (!isOver()) {
      const index = next++;
      options.requests.send(options, index);
      seat = await attackOnce(options, planConnection(options.seed, index), seat, isOver);
      await options.pace.next();
    }
  };
  await Promise.all(Array.from({ length: ATTACKERS }, attacker));
  return next;
}

/** Returns what the seat is taken back with, if it was not given back. */
async function attackOnce(
  options: Attack,
  plan: ConnectionPlan,
  kept: OwnedSeat | undefined,
  isOver: () => boolean,
): Promise<OwnedSeat | undefined> {
  const { tally, target, suspects, watchdog } = options;
  const entered = await getIn(options, plan.index, kept, isOver);
  if (!entered) return undefined;
  const { link, room } = entered;
  tally.connections++;
  if (room === target.room) tally.besideThePair++;
  const suspect = connectionSuspect(options.seed, plan.index);
  const done = suspects.note(suspect);
  await playConnection(plan, link, tally, async (what) => {
    // A server that has just died is the greater trouble, and another's work.
    await watchdog.lastWord();
    if (watchdog.violations.length > 0) return;
    suspects.convict(suspect);
    watchdog.bark(what);
  });
  done();
  // Who was thrown out has no seat to come back to, and asks for it only now and then.
  const isKept = link.ending ? plan.index % 16 === 0 : plan.ending !== "leave";
  return link.token !== undefined && isKept ? { room, token: link.token } : undefined;
}

/** Back to the kept seat, or beside the honest pair, or anywhere; nothing when the run is over first. */
async function getIn(
  { address, target, tally, watchdog, suspects }: Attack,
  index: number,
  kept: OwnedSeat | undefined,
  isOver: () => boolean,
): Promise<{ link: Link; room: string } | undefined> {
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
    // A seat that is gone is not asked for twice.
    ways = ["beside", "anywhere"];
    await wait(REFUSED_MS);
  }
  return undefined;
}

const noAnswer = (error: Error): Entry => ({ kind: "refused", status: 0, reason: error.message });
