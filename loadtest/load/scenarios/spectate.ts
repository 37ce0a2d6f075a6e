/** Small fights, each watched by as many as play in it. */
import { SPECTATORS_MAX } from "#shared/config.ts";
import { enterEvenly, enterPrivate } from "./entering.ts";
import { player, type Scenario, Skipped, type Stage } from "./scenario.ts";

export const spectate: Scenario = {
  meaning: `private rooms in which ${SPECTATORS_MAX} play, and ${SPECTATORS_MAX} watch them`,
  placesFor: () => SPECTATORS_MAX,
  async play(stage) {
    const players = Math.ceil(stage.clients / 2);
    await enterPrivate(stage, players, SPECTATORS_MAX, stage.rampMs / 2);
    await enterToWatch(stage, stage.clients - players, [...stage.crowd.rooms]);
    stage.begin();
    await stage.wait(stage.durationMs);
  },
};

async function enterToWatch(stage: Stage, count: number, rooms: readonly string[]): Promise<void> {
  const watcherOf = (index: number) => {
    const way = { kind: "room", roomId: rooms[index % rooms.length] ?? "" } as const;
    return { ...player(stage), way, spectates: true };
  };
  if (rooms.length === 0) throw new Skipped("nobody got into a room that could be watched");
  const first = await stage.crowd.enter(watcherOf(0));
  if (!first.entered) throw new Skipped(`the server takes no spectators: ${first.why}`);
  if (!first.spectates)
    throw new Skipped("the server knows no spectators: who wanted to watch was given a drone");
  await enterEvenly(stage, count - 1, stage.rampMs / 2, (index) => watcherOf(index + 1));
}
