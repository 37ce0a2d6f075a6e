/** All clients lose their connection at the same time, and all reconnect at the same time. */
import { SEAT_KEPT_SEC } from "#shared/config.ts";
import { enterPublic } from "./entering.ts";
import type { Scenario, Stage } from "./scenario.ts";

const STORMS = 3;
const LOOK_MS = 50;

export const storm: Scenario = {
  meaning: `all clients are dropped at once and reconnect, ${STORMS} times`,
  placesFor: (clients) => clients,
  async play(stage) {
    await enterPublic(stage, stage.clients, stage.rampMs);
    stage.begin();
    for (let storms = 0; storms < STORMS && !stage.isOver; storms++) {
      await stage.wait(stage.durationMs / (STORMS + 1));
      await dropAll(stage);
    }
    await stage.wait(stage.durationMs / (STORMS + 1));
  },
};

/** Waits until all are back, or their seats are given up. */
async function dropAll(stage: Stage): Promise<void> {
  const dropped = stage.crowd.present;
  const droppedAt = performance.now();
  await stage.crowd.drop(dropped);
  const elapsedMs = () => performance.now() - droppedAt;
  do await stage.wait(LOOK_MS);
  while (stage.crowd.away > 0 && elapsedMs() < SEAT_KEPT_SEC * 1000 && !stage.isOver);
  const back = stage.crowd.present.length;
  stage.note(`${back} of ${dropped.length} were back ${(elapsedMs() / 1000).toFixed(1)} s after the drop`);
}
