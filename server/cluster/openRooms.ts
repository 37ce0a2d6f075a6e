/** Opens the rooms of this machine: in this process, or in room processes of its own. */
import { availableParallelism } from "node:os";
import { defineRoom, matchMaker } from "@colyseus/core";
import { LocalDirectory } from "#server/admission/directory.ts";
import type { RowReports } from "#server/colyseus/rowReports.ts";
import type { ServerConfig } from "#server/config.ts";
import { lobbyRoomOf } from "#server/rooms/lobby/LobbyRoom.ts";
import type { ProcessMetrics } from "#server/services/metrics.ts";
import { progress } from "#server/services/progress.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { arenaRooms, startGame } from "./game.ts";
import { createLocalHost } from "./localHost.ts";
import { MachineRooms } from "./machineRooms.ts";
import { Revival } from "./revival.ts";
import { RoomProcesses } from "./roomProcesses.ts";

export interface OpenRooms {
  readonly rooms: MachineRooms;
  /** Of the room processes; none if this process has the rooms. */
  metrics(): Promise<ProcessMetrics[]>;
  /** Closes all rooms, so that their players reconnect. */
  close(): Promise<void>;
}

/** The number of room processes; 0: this process has the rooms. */
export const roomProcessesOf = ({ processes }: Pick<ServerConfig, "processes">): number =>
  processes === "auto" ? availableParallelism() : processes === 1 ? 0 : processes;

export function openRooms(config: ServerConfig): Promise<OpenRooms> {
  const count = roomProcessesOf(config);
  return count === 0 ? openHere(config) : openInProcesses(config, count);
}

async function openHere(config: ServerConfig): Promise<OpenRooms> {
  const directory = new LocalDirectory();
  const game = await startGame({ ...arenaRooms(config), ...lobbyOf(directory) }, reportsTo(directory));
  const local = createLocalHost(game.upgrade);
  const rooms = new MachineRooms(directory, { local, all: [local] }, config.maxRooms);
  return { rooms, metrics: async () => [], close: game.close };
}

async function openInProcesses(config: ServerConfig, count: number): Promise<OpenRooms> {
  const directory = new LocalDirectory();
  const game = await startGame(lobbyOf(directory), { put() {}, remove() {} });
  const local = createLocalHost(game.upgrade);
  const pool = new RoomProcesses({
    count,
    rules: config,
    reports: {
      put: (row) => directory.put(row),
      remove: (code, processId) => directory.remove(code, processId),
      keep: (result, tell) => progress().keep(result, tell),
    },
    onDied: (death) => void revival.open(death),
  });
  const hosts = {
    local,
    get all() {
      return pool.all;
    },
  };
  const rooms = new MachineRooms(directory, hosts, config.maxRooms);
  const revival = new Revival(() => rooms.leastLoaded());
  rooms.settled = (code) => revival.settled(code);
  await pool.ready();
  return {
    rooms,
    metrics: () => pool.metrics(),
    close: async () => void (await Promise.all([pool.stop(), game.close()])),
  };
}

const lobbyOf = (directory: LocalDirectory) => ({ [ROOM.lobby]: defineRoom(lobbyRoomOf(directory)) });

/** Only arenas are in the directory. */
export const reportsTo = (directory: LocalDirectory): RowReports => ({
  put: (row) => row.name === ROOM.arena && directory.put(row),
  remove: (roomId) => directory.remove(roomId, matchMaker.processId),
});
