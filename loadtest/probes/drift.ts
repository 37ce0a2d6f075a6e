/** Is what a player predicts what the server then does? */
import type { Command } from "#shared/schema/input.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { command, randomCommand } from "#shared/testing/builders.ts";
import { BAD_DAY, type Probe } from "./lab.ts";

const HOLD_COMMANDS = 12;

/** Drives and shoots about, a new direction every 0.4 s: in the open and along walls, as chance has it. */
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
  async run(lab, thorough) {
    const commands = thorough ? 1800 : 450;
    await lab.placeBystanders(3);
    const ann = await lab.enter("Ann", await lab.network(BAD_DAY));
    const { next, sent } = wander(11);
    await ann.play(next, () => sent() >= commands, 120_000);
    const { count, maxPx } = ann.prediction.corrections;
    return {
      measured: `${count} corrections in ${commands} commands${count ? `, up to ${maxPx.toFixed(1)} px` : ""}`,
      holds: count === 0,
    };
  },
};

/** Ann and Bob drive at each other, over and over, each where they last saw the other. */
export const bumping: Probe = {
  claim: "own drone at 250 ± 50 ms, bumping into another and into walls",
  bound: "mean correction under 2 px, none over 40 px",
  async run(lab, thorough) {
    await lab.placeBystanders(2);
    const [ann, bob] = [await lab.enter("Ann", await lab.network(BAD_DAY)), await lab.enter("Bob")];
    Object.assign(lab.serverDrone(ann), { x: 400, y: 128 });
    Object.assign(lab.serverDrone(bob), { x: 700, y: 128 });
    const { next, sent } = wander(5);
    const [annAt, bobAt] = [lab.serverDrone(ann), lab.serverDrone(bob)];
    // Half of the time Ann heads for Bob, half of the time she wanders; Bob always heads for Ann.
    const towards = (from: { x: number; y: number }, to: { x: number; y: number }) => {
      const distance = Math.hypot(to.x - from.x, to.y - from.y) || 1;
      return command({
        moveX: Math.round(((to.x - from.x) / distance) * 127),
        moveY: Math.round(((to.y - from.y) / distance) * 127),
      });
    };
    const annNext = () => {
      const free = { ...next(), buttons: 0 };
      const seen = ann.room.state.drones.get(bob.room.sessionId);
      return sent() % 60 < 30 && seen ? towards(ann.prediction.self, ann.prediction.pose(seen)) : free;
    };
    const commands = thorough ? 1800 : 450;
    let bumps = 0;
    const isOver = () => sent() >= commands;
    const bobNext = () => {
      if (Math.hypot(annAt.x - bobAt.x, annAt.y - bobAt.y) < 46) bumps++;
      return towards(bobAt, annAt);
    };
    // Where both were put is news to the clients: corrections count from here on.
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
