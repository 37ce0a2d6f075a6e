/** Opens the rooms of this machine: in this process, or in room processes of its own. */
import { defineRoom, matchMaker } from "@colyseus/core";
import { LocalDirectory } from "#server/admission/directory.ts";
import type { RowReports } from "#server/colyseus/rowReports.ts";
import type { ServerConfig } from "#server/config.ts";
import { lobbyRoomOf } from "#server/rooms/lobby/LobbyRoom.ts";
import { progress } from "#server/services/progress.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { arenaRooms, startGame } from "./game.ts";
import { exposeFrontGauges } from "./gauges.ts";
import { createLocalHost } from "./localHost.ts";
import { leastLoaded, MachineRooms } from "./machineRooms.ts";
import { Revival } from "./revival.ts";
import { RoomProcesses } from "./roomProcesses.ts";

export interface OpenRooms {
  readonly rooms: MachineRooms;
  /** Undefined if this process has the rooms. */
  readonly processes: RoomProcesses | undefined;
  /** Closes all rooms, so that their players reconnect. */
  close(): Promise<void>;
}

export const openRooms = (config: ServerConfig): Promise<OpenRooms> =>
  config.processes === 1 ? openHere(config) : openInProcesses(config);

async function openHere(config: ServerConfig): Promise<OpenRooms> {
  const directory = new LocalDirectory();
  const game = await startGame({ ...arenaRooms(config), ...lobbyOf(directory) }, reportsTo(directory));
  const local = createLocalHost(game.upgrade);
  const rooms = new MachineRooms(directory, { local, all: [local] }, config.maxRooms);
  return { rooms, processes: undefined, close: game.close };
}

/** This process has the list of rooms only. */
async function openInProcesses(config: ServerConfig): Promise<OpenRooms> {
  const directory = new LocalDirectory();
  const game = await startGame(lobbyOf(directory), { put() {}, remove() {} });
  const processes = await startRoomProcesses(config, directory);
  const hosts = {
    local: createLocalHost(game.upgrade),
    get all() {
      return processes.all;
    },
  };
  return {
    rooms: new MachineRooms(directory, hosts, config.maxRooms),
    processes,
    close: async () => void (await Promise.all([processes.stop(), game.close()])),
  };
}

/** Resolves when the processes are up. They fill the directory, and the rooms of one that dies open in the others. */
async function startRoomProcesses(config: ServerConfig, directory: LocalDirectory): Promise<RoomProcesses> {
  const revival = new Revival(() => leastLoaded(processes.all));
  const processes = new RoomProcesses({
    count: config.processes,
    rules: config,
    reports: {
      put: (row) => directory.put(row),
      remove: (code, processId) => directory.remove(code, processId),
      keep: (result, tell) => progress().keep(result, tell),
    },
    onDied: (death) => void revival.open(death),
  });
  directory.settled = (code) => revival.settled(code);
  exposeFrontGauges(() => processes.all, directory);
  await processes.ready();
  return processes;
}

const lobbyOf = (directory: LocalDirectory) => ({ [ROOM.lobby]: defineRoom(lobbyRoomOf(directory)) });

/** Only arenas are in the directory. */
export const reportsTo = (directory: LocalDirectory): RowReports => ({
  put: (row) => row.name === ROOM.arena && directory.put(row),
  remove: (roomId) => directory.remove(roomId, matchMaker.processId),
});
