/** More and more, until the server does not hold its ticks any more: how many did it hold? */
import { enterPrivate, enterPublic } from "./entering.ts";
import type { Scenario, Stage } from "./scenario.ts";

const STEPS = 20;
/** Of a step: to let in who comes. The rest shows what it costs. */
const COMING_SHARE = 0.3;
/** Less shows nothing: a p99 wants a hundred patches. */
const STEP_MIN_MS = 7_000;
const HELD_MIN = 0.98;
const WORK_P99_MAX_MS = 25;

export const ramp: Scenario = {
  meaning: `more and more up to --clients, until under ${100 * HELD_MIN} % of ticks are held or tick and patch take over ${WORK_P99_MAX_MS} ms (p99); in private rooms with --room-size`,
  placesFor: (clients) => clients,
  async play(stage) {
    const { clients, durationMs, roomSize = 1 } = stage;
    const perStep = Math.max(1, Math.ceil(clients / STEPS / roomSize)) * roomSize;
    const stepMs = Math.max(STEP_MIN_MS, durationMs / Math.ceil(clients / perStep));
    stage.begin();
    let held = 0;
    while (held < clients && !stage.isOver) {
      const count = Math.min(perStep, clients - held);
      // Once may be the machine's mood: it has to slip twice.
      const slipped = (await takeStep(stage, count, stepMs)) && (await lookOn(stage, stepMs));
      if (stage.isOver) return;
      if (slipped) {
        const failing = held + count;
        return stage.note(`holds ${held} players; with ${failing} it slips: ${slipped}`);
      }
      if (stage.crowd.present.length < held + count) {
        return stage.note(`only ${stage.crowd.present.length} of ${held + count} are in: see the errors`);
      }
      held += count;
    }
    stage.note(`holds all ${held} players: it was not brought to slip`);
  },
};

/** Returns what shows that it does not hold them. */
async function takeStep(stage: Stage, count: number, stepMs: number): Promise<string | undefined> {
  const comingMs = stepMs * COMING_SHARE;
  if (stage.roomSize) await enterPrivate(stage, count, stage.roomSize, comingMs);
  else await enterPublic(stage, count, comingMs);
  return lookOn(stage, stepMs - comingMs);
}

async function lookOn(stage: Stage, ms: number): Promise<string | undefined> {
  await stage.wait(ms);
  const { held, workP99Ms } = stage.recently(ms);
  if (held < HELD_MIN) return `${(100 * held).toFixed(1)} % of ticks are held`;
  if (workP99Ms !== undefined && workP99Ms > WORK_P99_MAX_MS) {
    return `tick and patch take ${workP99Ms.toFixed(1)} ms (p99)`;
  }
  return undefined;
}
