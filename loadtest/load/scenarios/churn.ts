/** Short visits: joins and leaves are most of the server's work. */
import { enterEvenly } from "./entering.ts";
import { player, type Scenario, type Stage } from "./scenario.ts";

const STAY_MIN_MS = 2_000;
const STAY_MAX_MS = 8_000;

export const churn: Scenario = {
  meaning: `every client leaves after ${STAY_MIN_MS / 1000} to ${STAY_MAX_MS / 1000} s, and another joins`,
  placesFor: (clients) => clients,
  async play(stage) {
    await enterEvenly(stage, stage.clients, stage.rampMs, () => player(stage));
    stage.begin();
    const endsAt = performance.now() + stage.durationMs;
    await Promise.all(stage.crowd.present.map((bot) => comeAndGo(stage, bot, endsAt)));
  },
};

/** Keeps one place occupied: when its client leaves, another one joins. */
async function comeAndGo(stage: Stage, first: number, endsAt: number): Promise<void> {
  let bot: number | undefined = first;
  for (;;) {
    const stayMs = STAY_MIN_MS + stage.random.next() * (STAY_MAX_MS - STAY_MIN_MS);
    await stage.wait(Math.min(stayMs, endsAt - performance.now()));
    if (stage.isOver || performance.now() >= endsAt) return;
    if (bot !== undefined) await stage.crowd.leave(bot);
    const next = await stage.crowd.enter(player(stage));
    bot = next.entered ? next.number : undefined;
  }
}
