/** The page's connection to a room: joins, keeps the seat over drops and refreshes, and says in one word how it is. */
import { Client, CloseCode, MatchMakeError, type Room } from "@colyseus/sdk";
import { SEAT_KEPT_SEC } from "#shared/config.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { clearSeatToken, readSeatToken, saveSeatToken } from "./seatToken.ts";

// biome-ignore lint/suspicious/noExplicitAny: the SDK's own default for a room whose server class is not imported
export type ArenaLink = Room<any, ArenaState>;

export type ConnectionState =
  | { kind: "idle"; notice?: string }
  | { kind: "joining" }
  | { kind: "joined"; room: ArenaLink }
  /** The SDK is reconnecting; the seat is lost at `seatLostAt` (performance.now() clock). */
  | { kind: "dropped"; room: ArenaLink; seatLostAt: number }
  /** The room is gone; a new one is tried until it works or the patience is over. */
  | { kind: "restarting" }
  | { kind: "unreachable"; reason: string }
  | { kind: "stale" };

export interface Connection {
  join(name: string): Promise<void>;
  /** After a page refresh: takes the kept seat back. Resolves to whether there was one. */
  resume(): Promise<boolean>;
  leave(): void;
}

/** A restarting server is given this long; a player is told to try again after it. */
const RESTART_PATIENCE_MS = 60_000;
const RETRY_MS = 1_000;

export function createConnection(endpoint: string, onChange: (state: ConnectionState) => void): Connection {
  const client = new Client(endpoint);
  let name = "";

  const join = async (asName: string) => {
    name = asName;
    onChange({ kind: "joining" });
    try {
      await enter(await client.joinOrCreate<ArenaState>(ROOM.arena, { name, protocol: PROTOCOL_VERSION }));
    } catch (error) {
      onChange(describeFailure(error));
    }
  };

  const resume = async () => {
    const token = readSeatToken();
    if (!token) return false;
    onChange({ kind: "joining" });
    try {
      await enter(await client.reconnect<ArenaState>(token));
      return true;
    } catch {
      clearSeatToken();
      onChange({ kind: "idle" });
      return false;
    }
  };

  let current: ArenaLink | undefined;

  const enter = async (room: ArenaLink) => {
    current = room;
    // The SDK gives up after 15 tries and not before 5 s of play; the server keeps the seat for longer.
    Object.assign(room.reconnection, { minUptime: 0, maxDelay: RETRY_MS, maxRetries: SEAT_KEPT_SEC });
    // Messages may come before the scene that listens for them.
    room.onMessage("*", () => {});
    room.onDrop(() =>
      onChange({ kind: "dropped", room, seatLostAt: performance.now() + SEAT_KEPT_SEC * 1000 }),
    );
    room.onReconnect(() => void settle(room));
    room.onLeave((code) => {
      current = undefined;
      clearSeatToken();
      if (code === CloseCode.CONSENTED) onChange({ kind: "idle" });
      else void rejoin();
    });
    await settle(room);
  };

  /** The seat is ours; what it is worth is known with the state that follows. */
  const settle = async (room: ArenaLink) => {
    await nextState(room);
    saveSeatToken(room.reconnectionToken);
    onChange({ kind: "joined", room });
  };

  /** The seat is gone without the player's will: the server restarted, or was out of reach for too long. */
  const rejoin = async () => {
    const giveUpAt = performance.now() + RESTART_PATIENCE_MS;
    onChange({ kind: "restarting" });
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      try {
        return await enter(
          await client.joinOrCreate<ArenaState>(ROOM.arena, { name, protocol: PROTOCOL_VERSION }),
        );
      } catch (error) {
        const failure = describeFailure(error);
        if (failure.kind !== "unreachable" || performance.now() > giveUpAt) return onChange(failure);
      }
    }
  };

  return {
    join,
    resume,
    leave: () => {
      clearSeatToken();
      void current?.leave();
    },
  };
}

function nextState(room: ArenaLink): Promise<void> {
  return new Promise((resolve) => room.onStateChange.once(() => resolve()));
}

/** Refusals come from a server that answers; everything else means that none does. */
function describeFailure(error: unknown): ConnectionState {
  if (error instanceof MatchMakeError || (error instanceof Error && "code" in error)) {
    const code = Number((error as { code: unknown }).code);
    if (code === REFUSAL.stalePage) return { kind: "stale" };
    if (code >= 400) return { kind: "idle", notice: error.message };
  }
  return { kind: "unreachable", reason: error instanceof Error ? error.message : String(error) };
}
