/** Joins a room over one TCP connection, as an honest bot does: a seat reservation over HTTP, then the upgrade. */
import {
  fillIn,
  forwardedFor,
  HONEST_HEADERS,
  requestText,
  type Target,
} from "#loadtest/fuzz/plan/requestText.ts";
import type { Reservation } from "#shared/protocol/http.ts";
import { type Address, Link } from "./link.ts";

/** The key to a kept seat after the connection was cut. */
export interface SeatKey {
  room: string;
  token: string;
}

export type Entry =
  | { kind: "in"; link: Link; room: string }
  /** With a status or close code and the server's reason; status 0 if the server hung up. */
  | { kind: "refused"; status: number; reason: string };

const ANSWER_MS = 10_000;
const SWITCHING = 101;
/** The example key of RFC 6455; its value does not matter. */
const KEY = "dGhlIHNhbXBsZSBub25jZQ==";

/** Makes a room of its own. */
export interface OwnRoom {
  options: object;
}

/** Draws a draft. */
export interface EditorSeat {
  draft: string;
  key: string;
}

/** Into the honest pair's room, into any room, into a new one, back to a kept seat, or into an editor. */
export type Way = "beside" | "anywhere" | OwnRoom | SeatKey | EditorSeat;

/** `network`: the client's address, as a trusted proxy at `address.from` names it. */
export async function enter(address: Address, target: Target, way: Way, network?: string): Promise<Entry> {
  const link = await Link.open(address);
  const entry = await enterBy(link, (text) => fillIn(forwardedFor(text, network), target), way);
  if (entry.kind === "refused") link.cut();
  return entry;
}

function callOf(way: Way): readonly [path: string, options: object] {
  if (way === "beside") return ["joinById/{room}", { name: "Mallory" }];
  if (way === "anywhere") return ["joinOrCreate/arena", { name: "Mallory" }];
  if ("draft" in way) return ["joinOrCreate/editor", { ...way }];
  if ("options" in way) return ["create/arena", way.options];
  return [`reconnect/${way.room}`, { reconnectionToken: way.token }];
}

async function enterBy(link: Link, complete: (text: string) => string, way: Way): Promise<Entry> {
  const answer = await link.ask(complete(callText(...callOf(way))), ANSWER_MS);
  if (answer?.status !== 200) {
    return { kind: "refused", status: answer?.status ?? 0, reason: reasonOf(answer?.body ?? "hung up") };
  }
  const seat = JSON.parse(answer.body) as Reservation;
  const token = typeof way === "object" && "token" in way ? way.token : undefined;
  const upgrade = await link.ask(complete(upgradeText(seat, token)), ANSWER_MS);
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

/** The error of a JSON body; of any other body its first characters. */
function reasonOf(body: string): string {
  const error = /"error":("(?:[^"\\]|\\.)*")/.exec(body)?.[1];
  return error ? String(JSON.parse(error)) : body.slice(0, 80);
}
