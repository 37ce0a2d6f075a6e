/** Many machines with one Redis as one server: a directory of all their rooms, and one call that asks any of them. */
import { setTimeout as after } from "node:timers/promises";
import type { LocalDirectory } from "#server/admission/directory.ts";
import { Reservations } from "#server/admission/reservations.ts";
import type { Answered, AskRoom, RoomQuestions } from "#server/admission/roomQuestions.ts";
import type { Rooms } from "#server/admission/rooms.ts";
import { Refused } from "#server/edge/refused.ts";
import { provideDraftLeases } from "#server/services/drafts/draftLeases.ts";
import { exposeGauge } from "#server/services/metrics.ts";
import { openRedis } from "#server/services/redis.ts";
import { ASKED_ELSEWHERE, FleetAsk, type Seating } from "./fleetAsk.ts";
import { type Machine, newMachineId } from "./machine.ts";
import { Membership } from "./membership.ts";
import { AWAY, RedisDirectory } from "./redisDirectory.ts";
import { RedisDraftLeases } from "./redisDraftLeases.ts";
import type { FleetRow } from "./rowText.ts";
import { RowWriter } from "./rowWriter.ts";

export interface FleetOptions extends Omit<Machine, "id">, Seating {
  readonly redisUrl: string;
  /** This machine's rooms, and what asks them. */
  readonly local: LocalDirectory;
  readonly askLocal: AskRoom;
}

export interface Fleet {
  readonly id: string;
  readonly directory: RedisDirectory;
  /** Asks any room, wherever it runs. */
  readonly ask: AskRoom;
  /** For how long the other machines cannot be reached; undefined while they can. */
  readonly awaySec: number | undefined;
  /** PUBLIC_ADDRESS of every machine that lives, which pages may connect to. */
  readonly addresses: readonly string[];
  /**
   * Takes this machine and its rooms out, as far as Redis answers. `isReplaced`: a successor on this machine goes on with the
   * rooms: their rows stay until it has written them. Never rejects.
   */
  close(how?: { isReplaced: boolean }): Promise<void>;
}

/** A stop waits no longer for a Redis that does not answer: then the lease expires. */
const LEFT_WITHIN_MS = 1_000;

/** Joins the other machines as soon as Redis answers, and again whenever it is back: never throws for want of it. */
export function openFleet({ redisUrl, local, askLocal, ...told }: FleetOptions): Fleet {
  const machine = { id: newMachineId(), ...told };
  const redis = openRedis(redisUrl);
  const subscriber = openRedis(redisUrl, { autoResubscribe: false });
  // Each failed call says so itself, and the membership logs that Redis is away.
  for (const connection of [redis, subscriber]) connection.on("error", () => {});
  const held = new Reservations();
  const between = new FleetAsk(redis, subscriber, machine, askLocal, held);
  const directory = new RedisDirectory(redis, local, machine.id, {
    get live() {
      return members.live;
    },
    isLive: (id) => members.isLive(id),
    isAvoided: (id) => between.isAvoided(id),
  });
  const writer = new RowWriter(redis, local, machine);
  const members: Membership = new Membership(redis, machine, {
    rejoin: async () => {
      await writer.rewrite();
      await directory.rewriteCodes();
    },
    onBeat: async () => void (await Promise.all([writer.flush(), between.check()])),
    onChange: () => directory.changed(),
  });
  exposeGauge("fracas_fleet_machines", "Machines that live, this one included.", () => members.live.size);
  exposeGauge("fracas_fleet_up", "1 if the other machines can be reached, otherwise 0.", () =>
    Number(members.awaySec === undefined),
  );
  const drafts = new RedisDraftLeases(redis, machine.id, (id) => members.live.get(id)?.address);
  provideDraftLeases(drafts);
  return {
    id: machine.id,
    directory,
    ask: askAnywhere(takingUp(askLocal, held), directory, between),
    get awaySec() {
      return members.awaySec;
    },
    get addresses() {
      return [...new Set([machine.address, ...[...members.live.values()].map(({ address }) => address)])];
    },
    async close({ isReplaced } = { isReplaced: false }) {
      await Promise.race([
        writer.close().then(() => (isReplaced ? members.giveWay() : members.leave())),
        after(LEFT_WITHIN_MS, undefined, { ref: false }),
      ]);
      drafts.close();
      between.close();
      redis.disconnect();
      subscriber.disconnect();
    },
  };
}

/** The rooms of all machines; new ones are opened on this machine, and connections come to its own rooms. */
export const roomsOfFleet = (machine: Rooms, ask: AskRoom): Rooms => ({
  directory: machine.directory,
  ask,
  open: (options, tryOut) => machine.open(options, tryOut),
  hasSeat: (identity) => machine.hasSeat(identity),
  freeOnePlace: (rooms, by) => machine.freeOnePlace(rooms, by),
  handOver: (roomId, connection, onClosed) => machine.handOver(roomId, connection, onClosed),
});

/** Whoever connects no longer holds the seat that they reserved through another machine. */
function takingUp(askLocal: AskRoom, held: Reservations): AskRoom {
  return async (roomId, name, question) => {
    const answer = await askLocal(roomId, name, question);
    if (name === "arrive" && answer.ok) held.takeUp((question as RoomQuestions["arrive"][0]).sessionId);
    return answer;
  };
}

/** This machine's rooms are asked directly, others through Redis. Of a room that nobody has, this machine says so. */
function askAnywhere(askLocal: AskRoom, directory: RedisDirectory, between: FleetAsk): AskRoom {
  const ask = async (...[roomId, name, question]: Parameters<AskRoom>): Promise<Answered<unknown>> => {
    const isHere = !ASKED_ELSEWHERE.has(name) || (await directory.isHere(roomId));
    const found = isHere ? undefined : await locate(directory, roomId);
    if (found === "away") return AWAY;
    return found ? between.ask(found.machine, roomId, name, question) : askLocal(roomId, name, question);
  };
  return ask as AskRoom;
}

async function locate(directory: RedisDirectory, roomId: string): Promise<FleetRow | "away" | undefined> {
  try {
    return await directory.locate(roomId);
  } catch (error) {
    if (error instanceof Refused) return "away";
    throw error;
  }
}
