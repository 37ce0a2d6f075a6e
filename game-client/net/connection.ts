/** The page's connection to a room: joins, keeps the seat over drops and refreshes, and says in one word how it is. */
import { Client, CloseCode, type Room } from "@colyseus/sdk";
import type { JoinOutcome, JoinRequest } from "#client/joinRequest.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import type { Notice, VoteMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { describeFailure, endingOf, type Failure, saysRoomIsGone } from "./failure.ts";
import { forgetIdentity, ownIdentity, recallIdentity } from "./identity.ts";
import { forgetSeat, keptSeat, rememberSeat, seatKeptMs } from "./keptSeat.ts";
import { watchLiveness } from "./liveness.ts";
import { requestBack, requestByLink, requestSeat } from "./requestSeat.ts";

// biome-ignore lint/suspicious/noExplicitAny: the SDK's own default for a room whose server class is not imported
export type ArenaLink = Room<any, ArenaState>;

export type ConnectionState =
  /** In no room; `request` is the one that did not lead into one. */
  | { kind: "idle"; outcome?: JoinOutcome; request?: JoinRequest }
  | { kind: "joining" }
  | { kind: "joined"; room: ArenaLink }
  /** The SDK is reconnecting; the seat is lost at `seatLostAt` (performance.now() clock). */
  | { kind: "dropped"; room: ArenaLink; seatLostAt: number }
  | Exclude<Failure, { kind: "idle" }>;

export interface Connection {
  join(name: string, request: JoinRequest): Promise<void>;
  /** Under the last name, by the last request. */
  retry(): Promise<void>;
  /** After a page refresh: takes the kept seat back, if there is one; in this room, if one is named. */
  resume(code?: string): Promise<void>;
  /** For what is played next. */
  vote(choice: number): void;
  /** Shows `next` afterwards: the title unless there is a reason. */
  leave(next?: ConnectionState): void;
}

/** A restarting server is given this long; the page then tells the player to try again. */
const RESTART_PATIENCE_MS = 75_000;
/** In a crowd it is one's turn sooner. */
const CROWD_PATIENCE_MS = 15_000;
const RETRY_MS = 1_000;
/** Between two tries to get the connection back: control returns soon after the network does. */
const RECONNECT_MS = 300;

export function createConnection(
  endpoint: string,
  onChange: (state: ConnectionState) => void,
  onNotice: (notice: Notice) => void,
  /** A new room, before its first message. */
  onEnter: (room: ArenaLink) => void = () => {},
): Connection {
  const client = new Client(endpoint);
  let name = "";
  let request: JoinRequest = { kind: "quick" };
  let current: ArenaLink | undefined;
  /** Sequence number of the newest join request: an older one that completes later must not enter a room as well. */
  let newest = 0;

  const reserve = async () => {
    client.http.authToken = await ownIdentity(endpoint);
    return requestSeat(client, endpoint, name, request);
  };

  const joinRoom = async (attempt: number) => {
    const room = await reserve().catch((error) => {
      if (error.code !== REFUSAL.badToken) throw error;
      // Expired, or of a server that forgot its secret: this page is somebody new.
      forgetIdentity();
      return reserve();
    });
    await enter(attempt, room);
  };

  const join = async () => {
    const attempt = ++newest;
    onChange({ kind: "joining" });
    await joinRoom(attempt).catch((error) => {
      if (attempt !== newest) return;
      const failure = describeFailure(error);
      if (failure.kind === "restarting") return rejoin();
      if (isCrowd(error)) return keepTrying(attempt, CROWD_PATIENCE_MS, () => joinRoom(attempt), refuse);
      refuse(failure);
    });
  };

  const refuse = (failure: Failure) => onChange(failure.kind === "idle" ? { ...failure, request } : failure);

  const enter = async (attempt: number, room: ArenaLink) => {
    if (attempt !== newest) return void room.leave();
    current = room;
    Object.assign(room.reconnection, { minUptime: 0, maxDelay: RECONNECT_MS });
    // Messages may come before the scene that listens for them.
    room.onMessage("*", () => {});
    onEnter(room);
    let closing = false;
    room.onMessage(MESSAGE.notice, (notice: Notice) => {
      closing ||= notice.type === "restarting";
      if (room === current) onNotice(notice);
    });
    room.onDrop((code) => {
      // No seat is kept over a restart: not worth half a minute of trying.
      if (closing && code === CLOSE.restarting) room.reconnection.enabled = false;
      // The SDK reports each failed attempt as another drop: the seat's time runs from the first.
      if (room !== current || !room.reconnection.enabled || room.reconnection.isReconnecting) return;
      const keptMs = seatKeptMs(room);
      // The SDK would give up after 15 tries.
      room.reconnection.maxRetries = keptMs / RECONNECT_MS;
      onChange({ kind: "dropped", room, seatLostAt: performance.now() + keptMs });
    });
    room.onReconnect(() => void settle(room));
    const stopWatching = watchLiveness(room);
    room.onLeave((code) => {
      stopWatching();
      if (room !== current) return;
      current = undefined;
      forgetSeat();
      const why = endingOf(code);
      if (why) onChange({ kind: "idle", outcome: { kind: "ended", why, code: room.roomId } });
      // By the server's own wish.
      else if (code === CloseCode.CONSENTED) onChange({ kind: "idle" });
      else {
        request = requestBack(room, request);
        void rejoin();
      }
    });
    await settle(room);
  };

  /** The seat is ours; what it is worth is known with the state that follows. */
  const settle = async (room: ArenaLink) => {
    await new Promise<void>((resolve) => room.onStateChange.once(() => resolve()));
    // Left in the meantime, from a connection that could not say so.
    if (room !== current) return void room.leave();
    name = room.state.roster.get(room.sessionId)?.name ?? name;
    rememberSeat(room);
    onChange({ kind: "joined", room });
  };

  /** The seat is gone without the player's will: the server restarted, or was out of reach for too long. */
  const rejoin = () => {
    const attempt = ++newest;
    onChange({ kind: "restarting" });
    return keepTrying(
      attempt,
      RESTART_PATIENCE_MS,
      () => joinRoom(attempt),
      (failure) => {
        const isGone = failure.kind === "idle" && saysRoomIsGone(failure.outcome);
        if (!isGone || request.kind !== "code") return refuse(failure);
        onChange({ kind: "idle", outcome: { kind: "ended", why: "gone", code: request.code } });
      },
    );
  };

  /** Until it works, or will not by waiting, or the patience is over. */
  const keepTrying = async (
    attempt: number,
    patienceMs: number,
    once: () => Promise<void>,
    giveUp: (failure: Failure) => void,
  ) => {
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      // Not all at the same moment.
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS * (0.5 + Math.random())));
      if (attempt !== newest) return;
      try {
        return await once();
      } catch (error) {
        if (attempt !== newest) return;
        if (!mayPass(error) || performance.now() > giveUpAt) return giveUp(describeFailure(error));
      }
    }
  };

  return {
    join(asName, newRequest) {
      name = asName;
      request = newRequest;
      return join();
    },
    retry: join,
    async resume(code) {
      const seat = keptSeat();
      if (!seat || (code !== undefined && seat.code !== code)) return;
      const attempt = ++newest;
      onChange({ kind: "joining" });
      client.http.authToken = recallIdentity();
      const once = async () => enter(attempt, await client.reconnect<ArenaState>(seat.token));
      const giveUp = () => {
        forgetSeat();
        onChange({ kind: "idle", ...(code && { request: requestByLink(code) }) });
      };
      await once().catch((error) => {
        if (attempt !== newest) return;
        // The seat is kept while the network is not there yet.
        return mayPass(error) ? keepTrying(attempt, seat.keptMs, once, giveUp) : giveUp();
      });
    },
    vote(choice) {
      current?.send(MESSAGE.vote, { choice } satisfies VoteMessage);
    },
    leave(next = { kind: "idle" }) {
      const room = current;
      newest++;
      current = undefined;
      forgetSeat();
      // A goodbye that nobody hears must not be taken for a drop: the seat then runs out by itself.
      if (room) room.reconnection.enabled = false;
      if (room?.connection.isOpen) void room.leave();
      onChange(next);
    },
  };
}

/** Many came at once, and take turns. */
const isCrowd = (error: unknown) => (error as { code?: unknown }).code === REFUSAL.tooMany;

/** What a little patience may change. */
function mayPass(error: unknown): boolean {
  const { kind } = describeFailure(error);
  return kind === "unreachable" || kind === "restarting" || isCrowd(error);
}
