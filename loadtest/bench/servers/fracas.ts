/**
 * Fracas itself: its app with all guards, its room with all parts. Unlike in production, the room has a seat for each
 * player of the scenario, its map is the scenario's field, and players start where the scenario puts them. Nobody
 * fires, so there are no projectiles and no damage.
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

/** Resolves with the port on loopback. */
export async function startFracas(scenario: Scenario): Promise<number> {
  log.level = "error";
  // Every map is the field, whichever the room draws.
  const maps = MAPS as Map<string, OfferedMap>;
  for (const name of [...maps.keys()]) maps.set(name, { arena: arenaOf(scenario), tiledJson: "{}" });
  // An address may hold 256 connections; a trusted proxy has no such limit.
  const rules = { maxClients: scenario.players, trustedProxies: ["127.0.0.1"] };
  const app = await createApp({ ...parseConfig({}), ...rules });
  const publicRules = { players: scenario.players, timeLimitMin: 60, scoreLimit: 0 } satisfies PublicRules;
  matchMaker.defineRoomType(ROOM.arena, fieldRoom(scenario), { publicRules });
  await app.listen(0, "127.0.0.1");
  const address = app.http.address();
  if (typeof address !== "object" || !address) throw new Error("Fracas has no port");
  return address.port;
}
