/** All in one room, and fighting. */
import { enterPublic } from "./entering.ts";
import type { Scenario } from "./scenario.ts";

export const arena: Scenario = {
  meaning: "all in one public room, as far as it holds them",
  placesFor: (clients) => clients,
  async play(stage) {
    await enterPublic(stage, stage.clients, stage.rampMs);
    stage.begin();
    await stage.wait(stage.durationMs);
  },
};
