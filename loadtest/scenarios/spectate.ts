/** A few play, and all the others watch them. */
import { enterEvenly, enterPublic } from "./entering.ts";
import { player, type Scenario, Skipped } from "./scenario.ts";

const PLAYERS = 8;

export const spectate: Scenario = {
  meaning: `${PLAYERS} play, all others watch them`,
  placesFor: () => PLAYERS,
  async play(stage) {
    const players = Math.min(PLAYERS, Math.ceil(stage.clients / 2));
    await enterPublic(stage, players, Math.min(1000, stage.rampMs));
    const [roomId] = stage.crowd.rooms;
    if (roomId === undefined) throw new Skipped("nobody got into a room that could be watched");
    const way = { kind: "room", roomId } as const;
    const watcher = { ...player(stage), way, spectates: true };
    const first = await stage.crowd.enter(watcher);
    if (!first.entered) throw new Skipped(`the server takes no spectators: ${first.why}`);
    if (!first.spectates)
      throw new Skipped("the server knows no spectators: who wanted to watch was given a drone");
    await enterEvenly(stage, stage.clients - players - 1, stage.rampMs, () => watcher);
    stage.begin();
    await stage.wait(stage.durationMs);
  },
};
