/** Opens the rooms of this machine, in this process or in room processes of its own, and joins the other machines. */
import { defineRoom, matchMaker } from "@colyseus/core";
import { type Directory, LocalDirectory } from "#server/admission/directory.ts";
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import type { Rooms } from "#server/admission/rooms.ts";
import type { RowReports } from "#server/colyseus/rowReports.ts";
import type { ServerConfig } from "#server/config.ts";
import { nameProcess } from "#server/log.ts";
import { lobbyRoomOf } from "#server/rooms/lobby/LobbyRoom.ts";
import { type Progress, progress, provideProgress } from "#server/services/progress.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { type Fleet, openFleet, roomsOfFleet } from "./fleet/fleet.ts";
import { arenaRooms, startGame } from "./game.ts";
import { createLocalHost } from "./localHost.ts";
import { leastLoaded, MachineRooms, NO_PROCESS } from "./machineRooms.ts";
import { Predecessor } from "./predecessor.ts";
import { RelayedProgress } from "./relayedProgress.ts";
import type { RelayLink } from "./relayLink.ts";
import { Revival } from "./revival.ts";
import { RoomProcesses } from "./roomProcesses.ts";
import { Successor, type SuccessorOptions } from "./successor.ts";

/** How the rooms of a front that is replaced may end without moving. */
export type Ends = Pick<SuccessorOptions, "onStop">;

export interface OpenRooms {
  /** Of all machines. */
  readonly rooms: Rooms;
  /** Undefined if this machine is alone. */
  readonly fleet: Fleet | undefined;
  /** Undefined if this process has the rooms. */
  readonly processes: RoomProcesses | undefined;
  /** Undefined if no earlier generation has rooms. */
  readonly predecessor: Predecessor | undefined;
  /** For a front that is replaced: from now on its rooms are the successor's, and move to it. */
  yieldTo(link: RelayLink, ends: Ends): Successor;
  /** Closes the lobby, whose watchers come back; other rooms of this process as well. */
  closeList(): Promise<void>;
  /** Closes all rooms, so that their players reconnect. */
  close(): Promise<void>;
}

type OwnRooms = Omit<OpenRooms, "fleet"> & { readonly rooms: MachineRooms };

interface Directories {
  /** This machine's rooms. */
  readonly own: LocalDirectory;
  /** Of all machines. */
  readonly directory: Directory;
}

/** `isClosing`: whether this machine is about to stop, and other machines lead nobody here. */
export async function openRooms(config: ServerConfig, isClosing: () => boolean): Promise<OpenRooms> {
  const own = new LocalDirectory();
  let machine: OwnRooms | undefined;
  const fleet = joinFleet(config, own, isClosing, () => machine?.rooms);
  const directories = { own, directory: fleet?.directory ?? own };
  machine = await (config.processes === 1 ? openHere : openInProcesses)(config, directories);
  return { ...machine, fleet, rooms: fleet ? roomsOfFleet(machine.rooms, fleet.ask) : machine.rooms };
}

/** With REDIS_URL alone, limits are shared and rooms are not: nobody could reach them from another machine. */
function joinFleet(
  { redisUrl, publicAddress, maxClients }: ServerConfig,
  own: LocalDirectory,
  isClosing: () => boolean,
  rooms: () => MachineRooms | undefined,
): Fleet | undefined {
  if (!redisUrl || !publicAddress) return undefined;
  const seats = () => [...own.own.values()].reduce((sum, { clients }) => sum + clients, 0);
  return openFleet({
    ...{ redisUrl, address: publicAddress, local: own, isClosing },
    askLocal: async (...asked) => rooms()?.ask(...asked) ?? NOT_OPEN,
    load: () => rooms()?.load ?? 0,
    isFull: () => seats() >= maxClients,
    freePlaceIn: async (room, by) => rooms()?.freeOnePlace([room], by),
  });
}

const NOT_OPEN = {
  ok: false,
  status: REFUSAL.restarting,
  message: "The server is starting.",
  retryAfterSec: 1,
} as const;

async function openHere(config: ServerConfig, { own, directory }: Directories): Promise<OwnRooms> {
  const kinds = { ...arenaRooms(config), ...lobbyOf(directory) };
  const game = await startGame(kinds, reportsTo(own), config.publicAddress);
  const local = createLocalHost(game.upgrade);
  const rooms = new MachineRooms(own, directory, { local, all: [local] }, config.maxRooms);
  const yieldTo = () => {
    throw new Error("a server of one process has no successor");
  };
  return {
    rooms,
    processes: undefined,
    predecessor: undefined,
    yieldTo,
    closeList: game.close,
    close: game.close,
  };
}

/** What changes when this front is replaced. */
interface Generations {
  predecessor?: Predecessor;
  successor?: Successor;
}

/** This process has the list of rooms only. */
async function openInProcesses(
  config: ServerConfig,
  { own, directory }: Directories,
  link: RelayLink | undefined,
): Promise<OwnRooms> {
  nameProcess("front");
  const generations: Generations = {};
  const game = await startGame(lobbyOf(directory), { put() {}, remove() {} }, config.publicAddress);
  let gameClosed: Promise<void> | undefined;
  const closeGame = () => (gameClosed ??= game.close());
  const processes = await startRoomProcesses(config, own, generations, link);
  const { predecessor } = generations;
  const hosts = {
    local: createLocalHost(game.upgrade),
    get all() {
      return predecessor && !predecessor.isLost ? [...processes.all, predecessor.host] : processes.all;
    },
  };
  const rooms = new MachineRooms(own, directory, hosts, config.maxRooms);
  const relayed = new RelayedProgress();
  return {
    ...{ rooms, processes, predecessor },
    yieldTo(successor, ends) {
      provideProgress(relayed);
      const onDepart = (inMs: number) => processes.depart(inMs);
      const options = { rooms, progress: relayed, hosts: () => hosts.all, onDepart, ...ends };
      generations.successor = new Successor(successor, options);
      return generations.successor;
    },
    closeList: closeGame,
    async close() {
      if (!predecessor?.isLost) predecessor?.host.stop();
      await Promise.all([processes.stop(), closeGame()]);
    },
  };
}

/** Resolves when the processes are up. They fill the directory, and the rooms of one that dies open in the others. */
async function startRoomProcesses(
  config: ServerConfig,
  own: LocalDirectory,
  generations: Generations,
  link: RelayLink | undefined,
): Promise<RoomProcesses> {
  const roomiest = () => leastLoaded(processes.all);
  const revival = new Revival(roomiest);
  const keep: Progress["keep"] = (result, tell) => progress().keep(result, tell);
  const processes = new RoomProcesses({
    count: config.processes,
    rules: config,
    reports: {
      put: (row) => own.put(row),
      remove: (code, processId) => own.remove(code, processId),
      keep,
      snapshot: (code, json) => generations.successor?.snapshot(code, json),
      move: async (snapshot) => (await generations.successor?.move(snapshot)) ?? NO_PROCESS,
    },
    onDied: (death) => void revival.open(death),
  });
  if (link) {
    const onLost = (snapshots: RoomSnapshot[]) =>
      void revival.open({ name: "predecessor", snapshots, blamesRooms: false });
    generations.predecessor = new Predecessor(link, { directory: own, keep, leastLoaded: roomiest, onLost });
  }
  own.settled = (code) => generations.predecessor?.settled(code) ?? revival.settled(code);
  await processes.ready();
  return processes;
}

const lobbyOf = (directory: Directory) => ({ [ROOM.lobby]: defineRoom(lobbyRoomOf(directory)) });

/** Only arenas are in the directory. */
export const reportsTo = (directory: LocalDirectory): RowReports => ({
  put: (row) => row.name === ROOM.arena && directory.put(row),
  remove: (roomId) => directory.remove(roomId, matchMaker.processId),
});
