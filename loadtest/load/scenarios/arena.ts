/** One large fight: all clients in one room. */
import { enterPublic } from "./entering.ts";
import type { Scenario } from "./scenario.ts";

export const arena: Scenario = {
  meaning: "all clients in one public room, up to its size",
  placesFor: (clients) => clients,
  async play(stage) {
    await enterPublic(stage, stage.clients, stage.rampMs);
    stage.begin();
    await stage.wait(stage.durationMs);
  },
};
