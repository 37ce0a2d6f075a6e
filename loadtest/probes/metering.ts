/** Does a client that sends more commands, or holds them back, move farther? */
import type { ArenaLink } from "#client/net/arenaLink.ts";
import { holdTime } from "#server/testing/heldTime.ts";
import { TICK_MS } from "#shared/config.ts";
import { type CommandInput, MOVE_MAX } from "#shared/schema/input.ts";
import { command } from "#shared/testing/builders.ts";
import { DRONE } from "#shared/tuning.ts";
import { type Lab, type Probe, wait } from "./lab.ts";

/** A lane without walls along the whole map. */
const LANE_Y = 100;
const START_X = 110;
/** The first commands are still in transit: a race starts when they arrive steadily. */
const FLYING_START_TICKS = 15;
/** The shortest dash in the design. */
const DASH_PX = 160;

/**
 * Returns how far a player moves along the lane, px, from where it is put at `startTick` to the last tick. Calls `send`
 * before each tick, and steps the tick when the commands have arrived, so that the speed of the machine does not count.
 */
async function raceFor(
  lab: Lab,
  ticks: number,
  startTick: number,
  send: (input: { send(): void }, tick: number) => void,
): Promise<number> {
  const racer = await lab.enter("Racer");
  const drone = lab.serverDrone(racer);
  const input = racer.room.input<CommandInput>();
  Object.assign(input.data, command({ moveX: MOVE_MAX }));
  // Its speed is set, too: it may have spawned in front of a wall.
  const vx = startTick === 0 ? 0 : DRONE.maxSpeedPxPerSec;
  const time = holdTime(lab.server.roomOf(racer.room));
  try {
    const startedAtMs = performance.now();
    for (let tick = 0; tick < ticks; tick++) {
      // The server ends a connection by its frames in a second of real time.
      await wait(Math.max(0, startedAtMs + tick * TICK_MS - performance.now()));
      if (tick === startTick) Object.assign(drone, { x: START_X, y: LANE_Y, vx, vy: 0 });
      send(input, tick);
      await pingOf(racer.room);
      await time.step();
    }
    return drone.x - START_X;
  } finally {
    time.release();
    await racer.leave();
  }
}

/** Resolves with the answer to a ping: the server has everything that was sent before it. */
const pingOf = (room: ArenaLink) => new Promise<void>((resolve) => room.ping(() => resolve()));

const sendOnce = (input: { send(): void }) => input.send();

export const flooding: Probe = {
  claim: "speed by sending ten times the commands",
  bound: "≤ 1.02 ×",
  async run(lab, isThorough) {
    await lab.seatAllBut(1);
    const ticks = isThorough ? 240 : 180;
    const honest = await raceFor(lab, ticks, FLYING_START_TICKS, sendOnce);
    const flooded = await raceFor(lab, ticks, FLYING_START_TICKS, (input) => {
      for (let i = 0; i < 10; i++) input.send();
    });
    const ratio = flooded / honest;
    return {
      measured: `${ratio.toFixed(3)} × (${honest.toFixed(0)} px honest)`,
      holds: honest > 500 && ratio <= 1.02,
    };
  },
};

export const withholding: Probe = {
  claim: "leap by withholding commands for 1 s and releasing them at once",
  bound: `no leap over one dash (${DASH_PX} px)`,
  async run(lab) {
    await lab.seatAllBut(1);
    const withheldTicks = 30;
    const afterTicks = 30;
    const honest = await raceFor(lab, afterTicks, 0, sendOnce);
    const leapt = await raceFor(lab, withheldTicks + afterTicks, 0, (input, tick) => {
      if (tick < withheldTicks) return;
      const backlog = tick === withheldTicks ? withheldTicks : 0;
      for (let i = 0; i < 1 + backlog; i++) input.send();
    });
    const leapPx = leapt - honest;
    return {
      measured: `${leapPx.toFixed(0)} px farther than without`,
      holds: leapt > 100 && leapPx <= DASH_PX,
    };
  },
};
