/** Opens the rooms of this machine, in this process or in room processes of its own, and joins the other machines. */
import { defineRoom, matchMaker } from "@colyseus/core";
import { type Directory, LocalDirectory } from "#server/admission/directory.ts";
import { type Answered, answered, refusal } from "#server/admission/roomQuestions.ts";
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import type { Reopen, Rooms } from "#server/admission/rooms.ts";
import type { RowReports } from "#server/colyseus/rowReports.ts";
import type { ServerConfig } from "#server/config.ts";
import { log, nameProcess } from "#server/log.ts";
import { editorRoomOf } from "#server/rooms/editor/EditorRoom.ts";
import { liveRoomOf } from "#server/rooms/live/LiveRoom.ts";
import { createLiveFeed, type LiveFeed } from "#server/rooms/live/liveFeed.ts";
import { lobbyRoomOf } from "#server/rooms/lobby/LobbyRoom.ts";
import type { KeptArenas } from "#server/services/arenas/keptArenas.ts";
import type { ProcessMetrics } from "#server/services/metrics.ts";
import { progress } from "#server/services/progress.ts";
import { StoreAwayError } from "#server/store/store.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { type Fleet, roomsOfFleet } from "./fleet/fleet.ts";
import { joinFleet } from "./fleet/joinFleet.ts";
import { arenaRooms, startGame } from "./game.ts";
import { Generations } from "./generations/generations.ts";
import type { RelayLink } from "./generations/relayLink.ts";
import { KeptRooms } from "./keptRooms.ts";
import { createLocalProcess } from "./localProcess.ts";
import { MachineRooms, reopen } from "./machineRooms.ts";
import { exposeFrontGauges } from "./processes/gauges.ts";
import { isOfThisVersion } from "./processes/ofThisVersion.ts";
import { ProcessPool } from "./processes/processPool.ts";
import type { Reports } from "./processes/remoteProcess.ts";
import { Revival } from "./processes/revival.ts";
import { Snapshots } from "./processes/snapshots.ts";

export interface OpenRooms {
  /** The rooms of all machines. */
  readonly rooms: Rooms;
  /** The matches of all machines. */
  readonly live: LiveFeed;
  /** Undefined if this machine is alone. */
  readonly fleet: Fleet | undefined;
  /** Undefined if this process has the rooms. */
  readonly pool: ProcessPool | undefined;
  /** The rooms of this machine. */
  readonly local: LocalDirectory;
  /** Undefined if this process has the rooms: then nothing replaces it while they go on. */
  readonly generations: Generations | undefined;
  /** Has room processes ask here for brought arenas, and tells them which are featured or removed. */
  serveArenas(arenas: KeptArenas): void;
  /** Opens the hosted rooms of the last run again, but for those that a predecessor has. Never rejects. */
  restore(): Promise<void>;
  /** Makes the rooms of a front that is replaced the successor's. `onStop`: called when it closes those that are left. */
  yieldTo(link: RelayLink, onStop: () => void): void;
  /** Resolves when no room is left whose process has died, and that opens again. */
  revived(): Promise<void>;
  /** The metrics of the room processes, those of a predecessor as well. */
  metrics(): Promise<ProcessMetrics[]>;
  /** Closes the list of rooms, whose watchers come back, and leaves the rooms' files to the successor. */
  yieldList(): Promise<void>;
  /** Closes all rooms, so that their players reconnect. `hasFailed`: see KeptRooms. */
  close(hasFailed?: boolean): Promise<void>;
}

type OwnRooms = Omit<OpenRooms, "fleet" | "live" | "local"> & { readonly rooms: MachineRooms };

interface Parts {
  readonly config: ServerConfig;
  /** This machine's rooms. */
  readonly local: LocalDirectory;
  /** The rooms of all machines. */
  readonly directory: Directory;
  readonly live: LiveFeed;
  readonly kept: KeptRooms;
  /** The rooms of all machines, once they are open. */
  readonly anywhere: () => Rooms;
  /** The link to the front that this one replaces. */
  readonly predecessor: RelayLink | undefined;
}

/** `isClosing`: whether this machine is about to stop, and other machines lead nobody here. */
export async function openRooms(
  config: ServerConfig,
  isClosing: () => boolean,
  predecessor?: RelayLink,
): Promise<OpenRooms> {
  const local = new LocalDirectory();
  let machine: OwnRooms | undefined;
  const fleet = joinFleet(config, local, isClosing, () => machine?.rooms);
  const kept = new KeptRooms(config.dataDir, local);
  const directory = fleet?.directory ?? local;
  const live = createLiveFeed(() => rooms);
  const parts = { config, local, directory, live, kept, predecessor, anywhere: () => rooms };
  machine = await (config.processes === 1 ? openHere(parts) : openInProcesses(parts));
  const rooms: Rooms = fleet ? roomsOfFleet(machine.rooms, fleet.ask) : machine.rooms;
  return { ...machine, local, live, fleet, rooms };
}

async function openHere({ config, local, directory, live, kept, anywhere }: Parts): Promise<OwnRooms> {
  const reports = reportsTo(local, (code) => kept.ended(code));
  const kinds = { ...arenaRooms(config), ...listsOf(directory, live, anywhere) };
  const game = await startGame(kinds, reports, config.publicAddress);
  const thisProcess = createLocalProcess(game.upgrade);
  const rooms = new MachineRooms(
    local,
    directory,
    { local: thisProcess, all: [thisProcess] },
    config.maxRooms,
  );
  const snapshots = new Snapshots({ put: kept.put, isBehind: false, hostedOnly: true });
  return {
    rooms,
    pool: undefined,
    generations: undefined,
    serveArenas() {},
    restore: () => kept.restore((snapshot) => reopen([thisProcess], snapshot)),
    yieldTo() {},
    async revived() {},
    metrics: async () => [],
    async yieldList() {},
    async close(hasFailed) {
      snapshots.close();
      await kept.close(rooms.ask, hasFailed);
      await game.close();
    },
  };
}

/** This process has the lists and the editors only. */
async function openInProcesses(parts: Parts): Promise<OwnRooms> {
  const { config, local, directory, live, kept, anywhere } = parts;
  nameProcess("front");
  const game = await startGame(
    listsOf(directory, live, anywhere),
    { put() {}, remove() {} },
    config.publicAddress,
  );
  let gameClosed: Promise<void> | undefined;
  const closeGame = () => (gameClosed ??= game.close());
  let arenas: KeptArenas | undefined;
  const { pool, generations, revival } = await startRoomProcesses(parts, () => arenas);
  let files = kept;
  const processes = {
    local: createLocalProcess(game.upgrade),
    get all() {
      return [...pool.all, ...generations.rooms];
    },
    get reopening() {
      return revival.opening;
    },
  };
  const rooms = new MachineRooms(local, directory, processes, config.maxRooms);
  return {
    rooms,
    pool,
    generations,
    revived: () => revival.settledAll(),
    metrics: async () => (await Promise.all([pool.metrics(), generations.metrics()])).flat(),
    serveArenas(served) {
      arenas = served;
      pool.tellArenas(served.changes);
      served.onChange((changes) => pool.tellArenas(changes));
    },
    restore: () => kept.restore((snapshot) => reopenUnlessThere(snapshot, local, pool)),
    yieldTo(link, onStop) {
      // If this front closes the rooms after all, because no successor has opened, their files are its own again.
      files = new KeptRooms(config.dataDir, local);
      const onStopped = () => {
        files = kept;
        onStop();
      };
      generations.yieldTo(link, { rooms, local, pool, onStop: onStopped, processes: () => processes.all });
    },
    async yieldList() {
      await Promise.all([kept.close(rooms.ask), closeGame()]);
    },
    async close() {
      await files.close(rooms.ask);
      for (const former of generations.processes) former.stop();
      await Promise.all([pool.stop(), closeGame()]);
    },
  };
}

/** A room whose predecessor has just died may be open by now, or is being opened. */
async function reopenUnlessThere(snapshot: RoomSnapshot, own: LocalDirectory, pool: ProcessPool) {
  const { code } = snapshot;
  await own.settled(code);
  return own.own.has(code) ? answered(null) : reopen(pool.all, snapshot);
}

interface Started {
  readonly pool: ProcessPool;
  readonly generations: Generations;
  readonly revival: Revival;
}

/** Resolves when the processes are up. They fill the directory, and the rooms of one that dies open in the others. */
async function startRoomProcesses(
  { config, local, kept, predecessor }: Parts,
  arenas: () => KeptArenas | undefined,
): Promise<Started> {
  const reopenHere: Reopen = (snapshot) => reopen(pool.all, snapshot);
  const revival = new Revival(() => pool.all);
  const keep: Reports["keep"] = (result, tell) => progress().keep(result, tell);
  const pool: ProcessPool = new ProcessPool({
    count: config.processes,
    rules: config,
    reports: {
      put: (row) => local.put(row),
      remove(code, processId) {
        local.remove(code, processId);
        // The rooms of a process that has died open again.
        if (pool.all.some(({ id }) => id === processId)) kept.ended(code);
      },
      snapshot: (code, json) =>
        generations.hasSuccessor ? generations.snapshot(code, json) : kept.put(code, json),
      keep,
      move: (asked) => generations.move(asked),
      arena: ({ sha256 }) => arenaText(arenas(), sha256),
      hello: (hello) => {
        if (isOfThisVersion(hello)) return;
        log.warn("a room process has started with newer code than the front's: the front is replaced, too");
        generations.onOtherCode();
      },
    },
    onDied: (death) => void revival.open(death),
  });
  const generations = new Generations(predecessor, {
    ...{ local, kept, keep, reopen: reopenHere },
    onLost: (snapshots) => void revival.open({ name: "predecessor", snapshots, blamesRooms: false }),
  });
  local.settled = (code) => generations.predecessor?.settled(code) ?? revival.settled(code);
  exposeFrontGauges(() => pool.all, local);
  await pool.ready();
  return { pool, generations, revival };
}

/** Before the store is open, and after, no arena can be had. */
async function arenaText(
  arenas: KeptArenas | undefined,
  sha256: string,
): Promise<Answered<string | undefined>> {
  try {
    return arenas ? answered(await arenas.text(sha256)) : STORE_AWAY;
  } catch (error) {
    if (error instanceof StoreAwayError) return STORE_AWAY;
    throw error;
  }
}

const STORE_AWAY = refusal(REFUSAL.restarting, "Arenas cannot be read now: try again.", 5);

/** The rooms that tell which rooms there are, and how their matches go; and those in which people draw, beside the store. */
export const listsOf = (directory: Directory, live: LiveFeed, rooms: () => Rooms) => ({
  [ROOM.lobby]: defineRoom(lobbyRoomOf(directory)),
  // A room for each code.
  [ROOM.live]: defineRoom(liveRoomOf(live)).filterBy(["code"]),
  // A room for each draft.
  [ROOM.editor]: defineRoom(editorRoomOf(rooms)).filterBy(["draft"]),
});

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
