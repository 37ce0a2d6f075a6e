/** The way into the room over one TCP connection: a seat by HTTP, then the upgrade. What an honest bot does. */
import { fillIn, HONEST_HEADERS, requestText, type Target } from "#loadtest/fuzz/plan/requestText.ts";
import type { Reservation } from "#shared/protocol/http.ts";
import { type Address, Link } from "./link.ts";

/** What a seat is taken back with after the connection was cut. */
export interface OwnedSeat {
  room: string;
  token: string;
}

export type Entry =
  | { kind: "in"; link: Link; room: string }
  /** By status or close code, and the server's reason; 0 when it hung up. */
  | { kind: "refused"; status: number; reason: string };

const ANSWER_MS = 10_000;
const SWITCHING = 101;
/** Of RFC 6455's own example: the key only shows that the server speaks WebSocket. */
const KEY = "dGhlIHNhbXBsZSBub25jZQ==";

/** Into the honest pair's room, into any, or back to a seat. */
export type Way = "beside" | "anywhere" | OwnedSeat;

export async function enter(address: Address, target: Target, way: Way): Promise<Entry> {
  const link = await Link.open(address);
  const entry = await enterBy(link, target, way);
  if (entry.kind === "refused") link.cut();
  return entry;
}

function callOf(way: Way): readonly [path: string, options: object] {
  if (way === "beside") return ["joinById/{room}", { name: "Mallory" }];
  if (way === "anywhere") return ["joinOrCreate/arena", { name: "Mallory" }];
  return [`reconnect/${way.room}`, { reconnectionToken: way.token }];
}

async function enterBy(link: Link, target: Target, way: Way): Promise<Entry> {
  const answer = await link.ask(fillIn(callText(...callOf(way)), target), ANSWER_MS);
  if (answer?.status !== 200) {
    return { kind: "refused", status: answer?.status ?? 0, reason: reasonOf(answer?.body ?? "hung up") };
  }
  const seat = JSON.parse(answer.body) as Reservation;
  const token = typeof way === "object" ? way.token : undefined;
  const upgrade = await link.ask(fillIn(upgradeText(seat, token), target), ANSWER_MS);
  if (upgrade?.status !== SWITCHING) {
    return {
      kind: "refused",
      status: upgrade?.status ?? 0,
      reason: `upgrade: ${reasonOf(upgrade?.body ?? "hung up")}`,
    };
  }
  link.startReading();
  await link.answered;
  if (link.ending) {
    return { kind: "refused", status: link.ending.code, reason: `closed at once: ${link.ending.reason}` };
  }
  return { kind: "in", link, room: seat.roomId };
}

const callText = (path: string, options: object) =>
  requestText({
    method: "POST",
    path: `/matchmake/${path}`,
    headers: [...HONEST_HEADERS, ["Content-Type", "application/json"]],
    body: JSON.stringify(options),
  });

function upgradeText({ processId, roomId, sessionId }: Reservation, token: string | undefined): string {
  const back = token === undefined ? "" : `&reconnectionToken=${token}`;
  return requestText({
    path: `/${processId}/${roomId}?sessionId=${sessionId}${back}&_authToken={token}`,
    headers: [
      ...HONEST_HEADERS,
      ["Connection", "Upgrade"],
      ["Upgrade", "websocket"],
      ["Sec-WebSocket-Version", "13"],
      ["Sec-WebSocket-Key", KEY],
    ],
  });
}

/** The server answers with JSON. */
function reasonOf(body: string): string {
  const error = /"error":("(?:[^"\\]|\\.)*")/.exec(body)?.[1];
  return error ? String(JSON.parse(error)) : body.slice(0, 80);
}
