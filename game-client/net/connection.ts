/** The page's connection to a room: joins, keeps the seat over drops and refreshes, and says in one word how it is. */
import { Client, CloseCode, type Room } from "@colyseus/sdk";
import { tabMemory } from "#client/storage.ts";
import { SEAT_KEPT_SEC } from "#shared/config.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { describeFailure, type Failure } from "./failure.ts";

// biome-ignore lint/suspicious/noExplicitAny: the SDK's own default for a room whose server class is not imported
export type ArenaLink = Room<any, ArenaState>;

export type ConnectionState =
  | { kind: "idle"; notice?: string }
  | { kind: "joining" }
  | { kind: "joined"; room: ArenaLink }
  /** The SDK is reconnecting; the seat is lost at `seatLostAt` (performance.now() clock). */
  | { kind: "dropped"; room: ArenaLink; seatLostAt: number }
  /** The seat is gone; a new one is tried until it works or the patience is over. */
  | { kind: "restarting" }
  | Failure;

export interface Connection {
  join(name: string): Promise<void>;
  /** Joins again under the last name. */
  retry(): Promise<void>;
  /** After a page refresh: takes the kept seat back, if there is one. */
  resume(): Promise<void>;
  /** `outcome` is what the page is told then: back to the title, unless there is a reason. */
  leave(outcome?: ConnectionState): void;
}

/** The key to the seat, for this tab only: a refresh gets the same drone back. */
const SEAT_TOKEN = "fracas.seat";
/** A restarting server is given this long; a player is told to try again after it. */
const RESTART_PATIENCE_MS = 60_000;
const RETRY_MS = 1_000;

export function createConnection(endpoint: string, onChange: (state: ConnectionState) => void): Connection {
  const client = new Client(endpoint);
  let name = "";
  let current: ArenaLink | undefined;

  const joinRoom = async () =>
    enter(await client.joinOrCreate<ArenaState>(ROOM.arena, { name, protocol: PROTOCOL_VERSION }));

  const join = async () => {
    onChange({ kind: "joining" });
    await joinRoom().catch((error) => onChange(describeFailure(error)));
  };

  const enter = async (room: ArenaLink) => {
    current = room;
    // The SDK gives up after 15 tries and not before 5 s of play; the server keeps the seat for longer.
    Object.assign(room.reconnection, { minUptime: 0, maxDelay: RETRY_MS, maxRetries: SEAT_KEPT_SEC });
    // Messages may come before the scene that listens for them.
    room.onMessage("*", () => {});
    room.onDrop(() => {
      if (room !== current) return;
      onChange({ kind: "dropped", room, seatLostAt: performance.now() + SEAT_KEPT_SEC * 1000 });
    });
    room.onReconnect(() => void settle(room));
    room.onLeave((code) => {
      if (room !== current) return;
      current = undefined;
      tabMemory.forget(SEAT_TOKEN);
      // By the server's own wish, such as a kick.
      if (code === CloseCode.CONSENTED) onChange({ kind: "idle" });
      else void rejoin();
    });
    await settle(room);
  };

  /** The seat is ours; what it is worth is known with the state that follows. */
  const settle = async (room: ArenaLink) => {
    await new Promise<void>((resolve) => room.onStateChange.once(() => resolve()));
    // Left in the meantime, from a connection that could not say so.
    if (room !== current) return void room.leave();
    name = room.state.roster.get(room.sessionId)?.name ?? name;
    tabMemory.remember(SEAT_TOKEN, room.reconnectionToken);
    onChange({ kind: "joined", room });
  };

  /** The seat is gone without the player's will: the server restarted, or was out of reach for too long. */
  const rejoin = async () => {
    const giveUpAt = performance.now() + RESTART_PATIENCE_MS;
    onChange({ kind: "restarting" });
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      try {
        return await joinRoom();
      } catch (error) {
        const failure = describeFailure(error);
        if (failure.kind !== "unreachable" || performance.now() > giveUpAt) return onChange(failure);
      }
    }
  };

  return {
    join(asName) {
      name = asName;
      return join();
    },
    retry: join,
    async resume() {
      const token = tabMemory.recall(SEAT_TOKEN);
      if (!token) return;
      onChange({ kind: "joining" });
      await client
        .reconnect<ArenaState>(token)
        .then(enter)
        .catch(() => {
          tabMemory.forget(SEAT_TOKEN);
          onChange({ kind: "idle" });
        });
    },
    leave(outcome = { kind: "idle" }) {
      const room = current;
      current = undefined;
      tabMemory.forget(SEAT_TOKEN);
      if (room?.connection.isOpen) void room.leave();
      // Else nobody hears a goodbye: the seat runs out by itself, and the SDK's next try is its last.
      else if (room) room.reconnection.enabled = false;
      onChange(outcome);
    },
  };
}
