/** Small fights, each with as many spectators as players. */
import { SPECTATORS_MAX } from "#shared/config.ts";
import { enterEvenly, enterPrivate } from "./entering.ts";
import { player, type Scenario, type Stage } from "./scenario.ts";

export const spectate: Scenario = {
  meaning: `private rooms with ${SPECTATORS_MAX} players and ${SPECTATORS_MAX} spectators each`,
  placesFor: () => SPECTATORS_MAX,
  async play(stage) {
    const players = Math.ceil(stage.clients / 2);
    await enterPrivate(stage, players, SPECTATORS_MAX, stage.rampMs / 2);
    await enterAsSpectators(stage, stage.clients - players, [...stage.crowd.rooms]);
    stage.begin();
    await stage.wait(stage.durationMs);
  },
};

async function enterAsSpectators(stage: Stage, count: number, rooms: readonly string[]): Promise<void> {
  // Without rooms no player got in, which the report shows.
  if (rooms.length === 0) return;
  await enterEvenly(stage, count, stage.rampMs / 2, (index) => {
    const way = { kind: "room", roomId: rooms[index % rooms.length] ?? "" } as const;
    return { ...player(stage), way, spectates: true };
  });
}
