/** Does the server do what the player predicted? */
import { type Command, MOVE_MAX } from "#shared/schema/input.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { command, randomCommand } from "#shared/testing/builders.ts";
import { BAD_DAY, type Probe } from "./lab.ts";

const HOLD_COMMANDS = 12;

/** Random commands from a seed, a new one every 0.4 s. `sent` is the number of commands made so far. */
function wander(seed: number): { next: () => Command; sent: () => number } {
  const script = seededRandom(seed);
  let sent = 0;
  let held = command();
  const next = () => {
    if (sent++ % HOLD_COMMANDS === 0) held = randomCommand(script, 0.5);
    return held;
  };
  return { next, sent: () => sent };
}

export const drift: Probe = {
  claim: "own drone drift at 250 ± 50 ms, 150 ms stalls on 2 % of the chunks, in the open and along walls",
  bound: "exactly 0 corrections",
  async run(lab, isThorough) {
    const commands = isThorough ? 1800 : 240;
    const ann = await lab.enterAlone("Ann", await lab.network(BAD_DAY));
    const { next, sent } = wander(11);
    await ann.play(next, () => sent() >= commands, 120_000);
    const { count, maxPx } = ann.prediction.corrections;
    return {
      measured: `${count} corrections in ${commands} commands${count ? `, up to ${maxPx.toFixed(1)} px` : ""}`,
      holds: count === 0,
    };
  },
};

/** Ann and Bob drive at each other again and again. */
export const bumping: Probe = {
  claim: "own drone at 250 ± 50 ms, bumping into another and into walls",
  bound: "mean correction under 2 px, none over 40 px",
  async run(lab, isThorough) {
    await lab.seatAllBut(2);
    const [ann, bob] = [await lab.enter("Ann", await lab.network(BAD_DAY)), await lab.enter("Bob")];
    Object.assign(lab.serverDrone(ann), { x: 400, y: 128 });
    Object.assign(lab.serverDrone(bob), { x: 700, y: 128 });
    const { next, sent } = wander(5);
    const [annAt, bobAt] = [lab.serverDrone(ann), lab.serverDrone(bob)];
    // Half of the time Ann heads for Bob where she sees him, and half of the time she wanders. Bob always heads for Ann.
    const annNext = () => {
      const free = { ...next(), buttons: 0 };
      const seen = ann.room.state.drones.get(bob.room.sessionId);
      return sent() % 60 < 30 && seen ? towards(ann.prediction.self, ann.prediction.pose(seen)) : free;
    };
    const commands = isThorough ? 1800 : 360;
    let bumps = 0;
    const isOver = () => sent() >= commands;
    const bobNext = () => {
      if (Math.hypot(annAt.x - bobAt.x, annAt.y - bobAt.y) < 46) bumps++;
      return towards(bobAt, annAt);
    };
    // Corrections count from here on: those before are due to the positions that were just set.
    await ann.play(next, () => sent() >= 30);
    Object.assign(ann.prediction.corrections, { count: 0, maxPx: 0, sumPx: 0 });
    await Promise.all([ann.play(annNext, isOver, 120_000), bob.play(bobNext, isOver, 120_000)]);
    const { count, maxPx, sumPx } = ann.prediction.corrections;
    const meanPx = count ? sumPx / count : 0;
    return {
      measured: `mean ${meanPx.toFixed(2)} px, largest ${maxPx.toFixed(1)} px, ${count} corrections in ${bumps} ticks of contact`,
      holds: bumps > 20 && meanPx < 2 && maxPx <= 40,
    };
  },
};

function towards(from: { x: number; y: number }, to: { x: number; y: number }): Command {
  const distance = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return command({
    moveX: Math.round(((to.x - from.x) / distance) * MOVE_MAX),
    moveY: Math.round(((to.y - from.y) / distance) * MOVE_MAX),
  });
}
