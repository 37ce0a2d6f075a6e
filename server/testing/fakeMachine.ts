/** A machine of a fleet without a game: real directory and questions, rooms that are only rows. */
import { LocalDirectory, type RoomRow } from "#server/admission/directory.ts";
import { type AskRoom, answered, type RoomQuestion } from "#server/admission/roomQuestions.ts";
import { type Fleet, type FleetOptions, openFleet } from "#server/cluster/fleet/fleet.ts";
import type { ModeName } from "#shared/schema/names.ts";

export interface FakeMachine {
  readonly fleet: Fleet;
  readonly local: LocalDirectory;
  /** What its rooms were asked, oldest first. */
  readonly asked: { room: string; name: RoomQuestion; question: unknown }[];
  /** Opens a room, or changes it. */
  put(code: string, fields?: Partial<FakeRoom>): void;
  end(code: string): void;
}

interface FakeRoom {
  clients: number;
  mode: ModeName;
  hosted: boolean;
  locked: boolean;
}

export function fakeRow(code: string, processId: string, fields: Partial<FakeRoom> = {}): RoomRow {
  const { clients = 1, mode = "deathmatch", hosted = false, locked = false } = fields;
  const metadata = {
    ...{ title: `Room ${code}`, hosted, mode, map: "crossroads", players: clients, playersMax: 16, bots: 0 },
    ...{ spectators: 0, password: false, locked: false, spectating: "follow" as const, points: 1500 },
  };
  const createdAt = new Date(0);
  return { name: "arena", roomId: code, processId, clients, maxClients: 24, locked, createdAt, metadata };
}

/** `told` overrides what the machine says of itself, and how its rooms answer. */
export function fakeMachine(
  redisUrl: string,
  address: string,
  told: Partial<FleetOptions> = {},
): FakeMachine {
  const local = new LocalDirectory();
  const asked: FakeMachine["asked"] = [];
  const processId = `process of ${address}`;
  const askLocal = (async (room: string, name: RoomQuestion, question: unknown) => {
    asked.push({ room, name, question });
    if (!local.own.has(room)) return { ok: false, status: 410, message: "This room has ended." };
    return answered(name === "reserve" ? { processId, roomId: room, sessionId: "seat" } : null);
  }) as AskRoom;
  const fleet = openFleet({
    ...{ redisUrl, address, local, askLocal },
    load: () => 0,
    isClosing: () => false,
    isFull: () => false,
    freePlaceIn: async () => {},
    ...told,
  });
  return {
    ...{ fleet, local, asked },
    put: (code, fields) => local.put(fakeRow(code, processId, fields)),
    end: (code) => local.remove(code, processId),
  };
}
