/** Many small fights in private rooms. */
import { MAX_PLAYERS } from "#shared/config.ts";
import { enterPrivate } from "./entering.ts";
import type { Scenario } from "./scenario.ts";

const ROOM_SIZE = 8;

export const rooms: Scenario = {
  meaning: `private rooms of ${ROOM_SIZE} players (or --room-size)`,
  placesFor: () => MAX_PLAYERS,
  async play(stage) {
    await enterPrivate(stage, stage.clients, stage.roomSize ?? ROOM_SIZE, stage.rampMs);
    stage.begin();
    await stage.wait(stage.durationMs);
  },
};
