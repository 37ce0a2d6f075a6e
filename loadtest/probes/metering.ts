/** Does a client that sends more, or late, get farther? */
import { type CommandInput, MOVE_MAX } from "#shared/schema/input.ts";
import { command } from "#shared/testing/builders.ts";
import { type Lab, type Probe, until } from "./lab.ts";

/** A lane without walls along the whole map. */
const LANE_Y = 100;
const START_X = 110;
/** The first commands are still on their way: a race starts when they flow. */
const FLYING_START_TICKS = 15;
/** The shortest dash that is planned. */
const DASH_PX = 160;

/**
 * How far a player gets along the lane by the last of so many ticks, from where it is at `startTick`; `send` is
 * called once in each tick.
 */
async function raceFor(
  lab: Lab,
  ticks: number,
  startTick: number,
  send: (input: { send(): void }, tick: number) => void,
): Promise<number> {
  const racer = await lab.enter("Racer");
  const drone = lab.serverDrone(racer);
  const { state } = lab.server.roomOf(racer.room);
  const input = racer.room.input<CommandInput>();
  Object.assign(input.data, command({ moveX: MOVE_MAX }));
  const from = state.tick;
  let done = from;
  await until(
    "the race is over",
    () => {
      for (; done < state.tick && done - from < ticks; done++) {
        if (done - from === startTick) Object.assign(drone, { x: START_X, y: LANE_Y });
        send(input, done - from);
      }
      return done - from >= ticks;
    },
    30_000,
  );
  const perTick = (drone.x - START_X) / (state.tick - from - startTick);
  await racer.leave();
  return perTick * (ticks - startTick);
}

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
