/** Many machines with one Redis as one server: a directory of all their rooms, and one call that asks any of them. */
import type { LocalDirectory } from "#server/admission/directory.ts";
import type { Answered, AskRoom, RoomQuestion, RoomQuestions } from "#server/admission/roomQuestions.ts";
import { Refused } from "#server/edge/refused.ts";
import { exposeGauge } from "#server/services/metrics.ts";
import { openRedis } from "#server/services/redis.ts";
import { FleetAsk } from "./fleetAsk.ts";
import { type Machine, newMachineId } from "./machine.ts";
import { Membership } from "./membership.ts";
import { AWAY, RedisDirectory } from "./redisDirectory.ts";
import { RowWriter } from "./rowWriter.ts";

export interface FleetOptions extends Omit<Machine, "id"> {
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
  /** Takes this machine and its rooms out, as far as Redis answers. Never rejects. */
  close(): Promise<void>;
}

/** Joins the other machines as soon as Redis answers, and again whenever it is back: never throws for want of it. */
export function openFleet({ redisUrl, local, askLocal, ...told }: FleetOptions): Fleet {
  // One object: what reads `isClosing` and `load` reads them anew.
  const machine: Machine = { id: newMachineId(), ...told };
  const redis = openRedis(redisUrl);
  const subscriber = openRedis(redisUrl, { autoResubscribe: false });
  // Each failed call says so itself, and the membership logs that Redis is away.
  for (const connection of [redis, subscriber]) connection.on("error", () => {});
  const directory: RedisDirectory = new RedisDirectory(redis, local, machine, () => members);
  const writer = new RowWriter(redis, local, machine);
  const between = new FleetAsk(redis, subscriber, machine, askLocal);
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
  return {
    id: machine.id,
    directory,
    ask: askAnywhere(askLocal, directory, between, () => members, machine.address),
    get awaySec() {
      return members.awaySec;
    },
    get addresses() {
      return [...new Set([machine.address, ...[...members.live.values()].map(({ address }) => address)])];
    },
    async close() {
      await writer.close();
      await members.leave();
      between.close();
      redis.disconnect();
      subscriber.disconnect();
    },
  };
}

type Ask = (name: RoomQuestion, question: RoomQuestions[RoomQuestion][0]) => Promise<Answered<unknown>>;

/** This machine's rooms are asked directly, others through Redis. Of a room that nobody has, this machine says so. */
function askAnywhere(
  askLocal: AskRoom,
  directory: RedisDirectory,
  between: FleetAsk,
  members: () => Membership,
  address: string,
): AskRoom {
  const ask = async (roomId: string, ...asked: Parameters<Ask>): Promise<Answered<unknown>> => {
    const [name, question] = asked;
    if (directory.own.has(roomId)) return reachedAt(address, name, await askLocal(roomId, name, question));
    const found = await locate(directory, roomId);
    if (!found.ok) return found;
    if (!found.value) return askLocal(roomId, name, question);
    const { machine, row } = found.value;
    const answer = await between.ask(machine, roomId, name, question);
    return reachedAt(members().live.get(machine)?.address ?? row.publicAddress, name, answer);
  };
  return ask as AskRoom;
}

async function locate(directory: RedisDirectory, roomId: string) {
  try {
    return { ok: true, value: await directory.locate(roomId) } as const;
  } catch (error) {
    if (error instanceof Refused) return { ok: false, ...AWAY } as const;
    throw error;
  }
}

/** A reservation tells the page which machine to connect to. */
function reachedAt(
  publicAddress: string | undefined,
  name: RoomQuestion,
  answer: Answered<unknown>,
): Answered<unknown> {
  if (!answer.ok || (name !== "reserve" && name !== "reconnect")) return answer;
  return { ok: true, value: { ...(answer.value as object), publicAddress } };
}
