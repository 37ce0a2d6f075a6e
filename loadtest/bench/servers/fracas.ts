/**
 * Fracas itself: its app with all its guards, its room with all its parts. What differs from a server of its own:
 * the room has as many seats as there are players instead of 16, its map is the scenario's field, and who joins is put
 * where the scenario wants them. Nobody pulls a trigger, so nothing flies and nobody is hurt.
 */
import { matchMaker } from "@colyseus/core";
import { arenaOf, pathsOf, playerCalled, type Scenario } from "#loadtest/bench/scenario.ts";
import { createApp } from "#server/app.ts";
import { MAPS, type OfferedMap } from "#server/arenas.ts";
import { parseConfig } from "#server/config.ts";
import { log } from "#server/log.ts";
import { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import type { PublicRules } from "#server/rooms/settings.ts";
import { ROOM } from "#shared/protocol/names.ts";

const fieldRoom = (scenario: Scenario) => {
  const paths = pathsOf(scenario);
  return class FieldRoom extends ArenaRoom {
    override onJoin(...joining: Parameters<ArenaRoom["onJoin"]>): void {
      super.onJoin(...joining);
      const [{ sessionId }] = joining;
      const drone = this.state.drones.get(sessionId);
      const path = drone && paths[playerCalled(drone.name)];
      if (!path) throw new Error(`the scenario has no player "${drone?.name}"`);
      Object.assign(drone, { x: path.startX, y: path.startY });
    }
  };
};

export async function startFracas(scenario: Scenario): Promise<number> {
  log.level = "error";
  // Whatever map a room begins with, it is this one.
  const maps = MAPS as Map<string, OfferedMap>;
  for (const name of [...maps.keys()]) maps.set(name, { arena: arenaOf(scenario), tiledJson: "{}" });
  // One address is let in 256 times; what is trusted to speak for many, as often as there is place.
  const rules = { maxClients: scenario.players, trustedProxies: ["127.0.0.1"] };
  const app = await createApp({ ...parseConfig({}), ...rules });
  const publicRules = { players: scenario.players, timeLimitMin: 60, scoreLimit: 0 } satisfies PublicRules;
  matchMaker.defineRoomType(ROOM.arena, fieldRoom(scenario), { publicRules });
  await app.listen(0, "127.0.0.1");
  const address = app.http.address();
  if (typeof address !== "object" || !address) throw new Error("Fracas has no port");
  return address.port;
}
