/** Finds the server's capacity: more and more clients, until it cannot keep its rates of ticks and patches. */
import { percent } from "#loadtest/lib/text.ts";
import { enterPrivate, enterPublic } from "./entering.ts";
import type { Recent, Scenario, Stage } from "./scenario.ts";

const STEPS = 20;
/** The part of a step in which clients join. The rest of it is judged. */
const JOINING_SHARE = 0.3;
/** A shorter step has too few patches for a p99. */
const STEP_MIN_MS = 7_000;
const HELD_MIN = 0.98;
/** A process with many rooms does the work of one while the others wait. */
const WORK_P99_MAX_MS = { inOneRoom: 25, inRooms: 10 } as const;

export const ramp: Scenario = {
  meaning: `more and more clients up to --clients, until under ${100 * HELD_MIN} % of the ticks or of the patches are held, or a tick with its patch takes over ${WORK_P99_MAX_MS.inOneRoom} ms (p99); in private rooms with --room-size, where it may take ${WORK_P99_MAX_MS.inRooms} ms`,
  placesFor: (clients) => clients,
  async play(stage) {
    const { clients, durationMs, roomSize = 1 } = stage;
    const perStep = Math.max(1, Math.ceil(clients / STEPS / roomSize)) * roomSize;
    const stepMs = Math.max(STEP_MIN_MS, durationMs / Math.ceil(clients / perStep));
    stage.begin();
    let held = 0;
    while (held < clients && !stage.isOver) {
      const count = Math.min(perStep, clients - held);
      // The server has to slip twice: the first time may be a disturbance of the machine.
      const slipped = (await addClients(stage, count, stepMs)) && (await observe(stage, stepMs));
      if (stage.isOver) return;
      if (slipped) {
        const failing = held + count;
        return stage.note(`holds ${held} players; with ${failing} it slips: ${slipped}`);
      }
      if (stage.crowd.present.length < held + count) {
        return stage.note(`only ${stage.crowd.present.length} of ${held + count} joined: see the errors`);
      }
      held += count;
    }
    stage.note(`holds all ${held} players: the limit was not reached`);
  },
};

/** Returns what shows that the server slips; undefined if it holds. */
async function addClients(stage: Stage, count: number, stepMs: number): Promise<string | undefined> {
  const joiningMs = stepMs * JOINING_SHARE;
  if (stage.roomSize) await enterPrivate(stage, count, stage.roomSize, joiningMs);
  else await enterPublic(stage, count, joiningMs);
  return observe(stage, stepMs - joiningMs);
}

/** Waits, then returns what shows that the server slipped meanwhile. */
async function observe(stage: Stage, ms: number): Promise<string | undefined> {
  await stage.wait(ms);
  return slipIn(stage.recently(ms), WORK_P99_MAX_MS[stage.roomSize ? "inRooms" : "inOneRoom"]);
}

/** What shows that the server slipped; undefined if it held. */
export function slipIn(
  { ticksHeld, patchesHeld, workP99Ms }: Recent,
  workP99MaxMs: number,
): string | undefined {
  if (ticksHeld !== undefined && ticksHeld < HELD_MIN) return `${percent(ticksHeld)} of the ticks are held`;
  if (patchesHeld < HELD_MIN) return `${percent(patchesHeld)} of the patches are held`;
  if (workP99Ms !== undefined && workP99Ms > workP99MaxMs) {
    return `a tick with its patch takes ${workP99Ms.toFixed(1)} ms (p99)`;
  }
  return undefined;
}
