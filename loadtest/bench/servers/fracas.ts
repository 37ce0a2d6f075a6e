/**
 * Fracas itself: its app with all guards, its rooms with all parts. In a fight they are as in production, apart from limits
 * that let no match end. On the field, unlike in production, the room has a seat for each player of the scenario, its map
 * is the scenario's field, and players start where the scenario puts them.
 */
import { dirname } from "node:path";
import { matchMaker } from "@colyseus/core";
import { arenaOf, type FieldScenario, pathsOf } from "#loadtest/bench/scenarios/field.ts";
import type { Scenario } from "#loadtest/bench/scenarios/scenario.ts";
import { playerCalled } from "#loadtest/bench/scenarios/script.ts";
import { createApp } from "#server/app.ts";
import { MAPS, type OfferedMap } from "#server/arenas.ts";
import { parseConfig } from "#server/config.ts";
import { log } from "#server/log.ts";
import { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import type { PublicRules } from "#server/rooms/settings.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { fightRules } from "./fight/fight.ts";
import { FightWatch, type Fought } from "./fight/fightWatch.ts";
import type { Recorded } from "./recorded.ts";

/** Resolves with the port on loopback. */
export async function startFracas(scenario: Scenario, fought: Fought, { folder }: Recorded): Promise<number> {
  log.level = "error";
  const { players } = scenario;
  // An address may hold 256 connections; a trusted proxy has no such limit.
  const rules = {
    maxClients: players,
    maxRooms: players,
    trustedProxies: ["127.0.0.1"],
    dataDir: folder === undefined ? temporaryFolder("data") : dirname(folder),
    ...(folder === undefined && { replaysMaxMb: 0 }),
  };
  const app = await createApp({ ...parseConfig({}), ...rules });
  const { room, publicRules } =
    scenario.kind === "field"
      ? { room: fieldRoom(scenario), publicRules: fieldRules(scenario) }
      : { room: fightRoom(fought), publicRules: fightRules(scenario) };
  matchMaker.defineRoomType(ROOM.arena, room, { publicRules }).enableRealtimeListing();
  await app.listen({ port: 0, host: "127.0.0.1" });
  const address = app.http.address();
  if (typeof address !== "object" || !address) throw new Error("Fracas has no port");
  return address.port;
}

const fieldRules = ({ players }: FieldScenario): PublicRules => ({
  players,
  timeLimitMin: 60,
  scoreLimit: 0,
});

function fieldRoom(scenario: FieldScenario): typeof ArenaRoom {
  // Every map is the field, whichever the room draws.
  const maps = MAPS as Map<string, OfferedMap>;
  const field = arenaOf(scenario);
  for (const name of [...maps.keys()])
    maps.set(name, { arena: { ...field, name }, tiledJson: "{}", sha256: "" });
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
}

const fightRoom = (fought: Fought): typeof ArenaRoom =>
  class FightRoom extends ArenaRoom {
    readonly #watch = new FightWatch(fought);

    protected override attemptStep(step: () => void): void {
      super.attemptStep(step);
      this.#watch.stepped(this.state);
    }
  };
