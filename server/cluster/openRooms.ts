/** Opens the rooms of this machine: in this process, or in room processes of its own. */
import { availableParallelism } from "node:os";
import { defineRoom, matchMaker } from "@colyseus/core";
import { type Directory, LocalDirectory } from "#server/admission/directory.ts";
import type { Rooms } from "#server/admission/rooms.ts";
import type { RowReports } from "#server/colyseus/rowReports.ts";
import type { ServerConfig } from "#server/config.ts";
import { lobbyRoomOf } from "#server/rooms/lobby/LobbyRoom.ts";
import type { ProcessMetrics } from "#server/services/metrics.ts";
import { progress } from "#server/services/progress.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { type Fleet, openFleet, roomsOfFleet } from "./fleet/fleet.ts";
import { arenaRooms, startGame } from "./game.ts";
import { createLocalHost } from "./localHost.ts";
import { MachineRooms } from "./machineRooms.ts";
import { Revival } from "./revival.ts";
import { RoomProcesses } from "./roomProcesses.ts";

export interface OpenRooms {
  /** Of all machines. */
  readonly rooms: Rooms;
  /** Undefined if this machine is alone. */
  readonly fleet: Fleet | undefined;
  /** Of the room processes; none if this process has the rooms. */
  metrics(): Promise<ProcessMetrics[]>;
  /** Closes all rooms, so that their players reconnect. */
  close(): Promise<void>;
}

type OwnRooms = Omit<OpenRooms, "fleet"> & { readonly rooms: MachineRooms };

interface Directories {
  /** This machine's rooms. */
  readonly local: LocalDirectory;
  /** Of all machines. */
  readonly directory: Directory;
}

/** The number of room processes; 0: this process has the rooms. */
export const roomProcessesOf = ({ processes }: Pick<ServerConfig, "processes">): number =>
  processes === "auto" ? availableParallelism() : processes === 1 ? 0 : processes;

/** `isClosing`: whether this machine is about to stop, and other machines lead nobody here. */
export async function openRooms(config: ServerConfig, isClosing: () => boolean): Promise<OpenRooms> {
  const local = new LocalDirectory();
  let own: OwnRooms | undefined;
  const fleet = joinFleet(config, local, isClosing, () => own?.rooms);
  const directories = { local, directory: fleet?.directory ?? local };
  const count = roomProcessesOf(config);
  own = await (count === 0 ? openHere(config, directories) : openInProcesses(config, count, directories));
  return { ...own, fleet, rooms: fleet ? roomsOfFleet(own.rooms, fleet.ask) : own.rooms };
}

/** With REDIS_URL alone, limits are shared and rooms are not: nobody could reach them from another machine. */
function joinFleet(
  { redisUrl, publicAddress, maxClients }: ServerConfig,
  local: LocalDirectory,
  isClosing: () => boolean,
  own: () => MachineRooms | undefined,
): Fleet | undefined {
  if (!redisUrl || !publicAddress) return undefined;
  const seats = () => [...local.own.values()].reduce((sum, { clients }) => sum + clients, 0);
  return openFleet({
    ...{ redisUrl, address: publicAddress, local, isClosing },
    askLocal: async (...asked) => own()?.ask(...asked) ?? NOT_OPEN,
    load: () => own()?.load ?? 0,
    isFull: () => seats() >= maxClients,
    freePlaceIn: async (room, by) => own()?.freeOnePlace([room], by),
  });
}

const NOT_OPEN = {
  ok: false,
  status: REFUSAL.restarting,
  message: "The server is starting.",
  retryAfterSec: 1,
} as const;

async function openHere(config: ServerConfig, { local: own, directory }: Directories): Promise<OwnRooms> {
  const kinds = { ...arenaRooms(config), ...lobbyOf(directory) };
  const game = await startGame(kinds, reportsTo(own), config.publicAddress);
  const local = createLocalHost(game.upgrade);
  const rooms = new MachineRooms(directory, { local, all: [local] }, config.maxRooms);
  return { rooms, metrics: async () => [], close: game.close };
}

async function openInProcesses(
  config: ServerConfig,
  count: number,
  { local: own, directory }: Directories,
): Promise<OwnRooms> {
  const game = await startGame(lobbyOf(directory), { put() {}, remove() {} }, config.publicAddress);
  const local = createLocalHost(game.upgrade);
  const pool = new RoomProcesses({
    count,
    rules: config,
    reports: {
      put: (row) => own.put(row),
      remove: (code, processId) => own.remove(code, processId),
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

const lobbyOf = (directory: Directory) => ({ [ROOM.lobby]: defineRoom(lobbyRoomOf(directory)) });

/** Only arenas are in the directory. */
export const reportsTo = (directory: LocalDirectory): RowReports => ({
  put: (row) => row.name === ROOM.arena && directory.put(row),
  remove: (roomId) => directory.remove(roomId, matchMaker.processId),
});
