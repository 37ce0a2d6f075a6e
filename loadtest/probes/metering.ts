/** Does a client that sends more, or late, get farther? */
import type { ArenaLink } from "#client/net/arenaLink.ts";
import { holdTime } from "#server/testing/heldTime.ts";
import { type CommandInput, MOVE_MAX } from "#shared/schema/input.ts";
import { command } from "#shared/testing/builders.ts";
import { DRONE } from "#shared/tuning.ts";
import type { Lab, Probe } from "./lab.ts";

/** A lane without walls along the whole map. */
const LANE_Y = 100;
const START_X = 110;
/** The first commands are still on their way: a race starts when they flow. */
const FLYING_START_TICKS = 15;
/** The shortest dash that is planned. */
const DASH_PX = 160;

/**
 * How far a player gets along the lane in these ticks, counted from where it is put at `startTick`; `send` is called
 * once before each tick, and the tick waits for what it sent: no hiccup of the machine counts for or against anybody.
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
  // It may have come to be before a wall.
  const vx = startTick === 0 ? 0 : DRONE.maxSpeedPxPerSec;
  const time = holdTime(lab.server.roomOf(racer.room));
  try {
    for (let tick = 0; tick < ticks; tick++) {
      if (tick === startTick) Object.assign(drone, { x: START_X, y: LANE_Y, vx, vy: 0 });
      send(input, tick);
      await arrived(racer.room);
      await time.step();
    }
    return drone.x - START_X;
  } finally {
    time.release();
    await racer.leave();
  }
}

/** The answer to a ping says that all that was sent before it is there. */
const arrived = (room: ArenaLink) => new Promise<void>((resolve) => room.ping(() => resolve()));

const sendOnce = (input: { send(): void }) => input.send();

export const flooding: Probe = {
  claim: "speed by sending ten times the commands",
  bound: "≤ 1.02 ×",
  async run(lab, thorough) {
    await lab.placeBystanders(3);
    const ticks = thorough ? 240 : 180;
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
    await lab.placeBystanders(3);
    const withheld = 30;
    const after = 30;
    const honest = await raceFor(lab, after, 0, sendOnce);
    const leapt = await raceFor(lab, withheld + after, 0, (input, tick) => {
      if (tick < withheld) return;
      const backlog = tick === withheld ? withheld : 0;
      for (let i = 0; i < 1 + backlog; i++) input.send();
    });
    const leapPx = leapt - honest;
    return {
      measured: `${leapPx.toFixed(0)} px farther than without`,
      holds: leapt > 100 && leapPx <= DASH_PX,
    };
  },
};
