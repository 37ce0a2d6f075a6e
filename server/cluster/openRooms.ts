/** Opens the rooms of this machine, in this process or in room processes of its own, and joins the other machines. */
import { defineRoom, matchMaker } from "@colyseus/core";
import { type Directory, LocalDirectory } from "#server/admission/directory.ts";
import type { Rooms } from "#server/admission/rooms.ts";
import type { RowReports } from "#server/colyseus/rowReports.ts";
import type { ServerConfig } from "#server/config.ts";
import { nameProcess } from "#server/log.ts";
import { lobbyRoomOf } from "#server/rooms/lobby/LobbyRoom.ts";
import { progress } from "#server/services/progress.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { type Fleet, roomsOfFleet } from "./fleet/fleet.ts";
import { joinFleet } from "./fleet/joinFleet.ts";
import { arenaRooms, startGame } from "./game.ts";
import { exposeFrontGauges } from "./gauges.ts";
import { KeptRooms } from "./keptRooms.ts";
import { createLocalHost } from "./localHost.ts";
import { leastLoaded, MachineRooms } from "./machineRooms.ts";
import { Revival } from "./revival.ts";
import { RoomProcesses } from "./roomProcesses.ts";
import { Snapshots } from "./snapshots.ts";

export interface OpenRooms {
  /** Of all machines. */
  readonly rooms: Rooms;
  /** Undefined if this machine is alone. */
  readonly fleet: Fleet | undefined;
  /** Undefined if this process has the rooms. */
  readonly processes: RoomProcesses | undefined;
  /** Opens the hosted rooms of the last run again. Never rejects. */
  restore(): Promise<void>;
  /** Closes all rooms, so that their players reconnect. */
  close(): Promise<void>;
}

type OwnRooms = Omit<OpenRooms, "fleet"> & { readonly rooms: MachineRooms };

interface Parts {
  readonly config: ServerConfig;
  /** This machine's rooms. */
  readonly own: LocalDirectory;
  /** The rooms of all machines. */
  readonly directory: Directory;
  readonly kept: KeptRooms;
}

/** `isClosing`: whether this machine is about to stop, and other machines lead nobody here. */
export async function openRooms(config: ServerConfig, isClosing: () => boolean): Promise<OpenRooms> {
  const own = new LocalDirectory();
  let machine: OwnRooms | undefined;
  const fleet = joinFleet(config, own, isClosing, () => machine?.rooms);
  const kept = new KeptRooms(config.dataDir, own);
  const parts = { config, own, directory: fleet?.directory ?? own, kept };
  machine = await (config.processes === 1 ? openHere(parts) : openInProcesses(parts));
  return { ...machine, fleet, rooms: fleet ? roomsOfFleet(machine.rooms, fleet.ask) : machine.rooms };
}

async function openHere({ config, own, directory, kept }: Parts): Promise<OwnRooms> {
  const reports = reportsTo(own, (code) => kept.ended(code));
  const kinds = { ...arenaRooms(config), ...lobbyOf(directory) };
  const game = await startGame(kinds, reports, config.publicAddress);
  const local = createLocalHost(game.upgrade);
  const rooms = new MachineRooms(own, directory, { local, all: [local] }, config.maxRooms);
  const snapshots = new Snapshots({ put: kept.put, isBehind: false, hostedOnly: true });
  return {
    rooms,
    processes: undefined,
    restore: () => kept.restore(() => local),
    async close() {
      snapshots.close();
      await kept.close(rooms.ask);
      await game.close();
    },
  };
}

/** This process has the list of rooms only. */
async function openInProcesses(parts: Parts): Promise<OwnRooms> {
  const { config, own, directory, kept } = parts;
  nameProcess("front");
  const game = await startGame(lobbyOf(directory), { put() {}, remove() {} }, config.publicAddress);
  const processes = await startRoomProcesses(parts);
  const hosts = {
    local: createLocalHost(game.upgrade),
    get all() {
      return processes.all;
    },
  };
  const rooms = new MachineRooms(own, directory, hosts, config.maxRooms);
  return {
    rooms,
    processes,
    restore: () => kept.restore(() => leastLoaded(processes.all)),
    async close() {
      await kept.close(rooms.ask);
      await Promise.all([processes.stop(), game.close()]);
    },
  };
}

/** Resolves when the processes are up. They fill the directory, and the rooms of one that dies open in the others. */
async function startRoomProcesses({ config, own, kept }: Parts): Promise<RoomProcesses> {
  const revival = new Revival(() => leastLoaded(processes.all));
  const processes: RoomProcesses = new RoomProcesses({
    count: config.processes,
    rules: config,
    reports: {
      put: (row) => own.put(row),
      remove(code, processId) {
        own.remove(code, processId);
        // The rooms of a process that has died open again.
        if (processes.all.some(({ id }) => id === processId)) kept.ended(code);
      },
      snapshot: kept.put,
      keep: (result, tell) => progress().keep(result, tell),
    },
    onDied: (death) => void revival.open(death),
  });
  own.settled = (code) => revival.settled(code);
  exposeFrontGauges(() => processes.all, own);
  await processes.ready();
  return processes;
}

const lobbyOf = (directory: Directory) => ({ [ROOM.lobby]: defineRoom(lobbyRoomOf(directory)) });

/** Only arenas are in the directory. */
export const reportsTo = (
  directory: LocalDirectory,
  ended: (code: string) => void = () => {},
): RowReports => ({
  put: (row) => row.name === ROOM.arena && directory.put(row),
  remove(roomId) {
    directory.remove(roomId, matchMaker.processId);
    ended(roomId);
  },
});
