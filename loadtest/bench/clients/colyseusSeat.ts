/** Joins a Colyseus room as its SDK does: a seat reservation over HTTP, the WebSocket, the handshake, the first state. */
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import type { WebSocket } from "ws";
import { codeOf } from "#loadtest/lib/frames.ts";
import type { Reservation } from "#shared/protocol/http.ts";
import { type ConnectOptions, connect, frameOf } from "./socket.ts";

/** Codes of Colyseus' protocol: not imported from the SDK, which the bench's clients do without. */
export const CODE = { join: 10, leave: 12, data: 13, state: 14, patch: 15, input: 19 } as const;

export interface ColyseusSeat {
  readonly socket: WebSocket;
  readonly roomId: string;
  readonly sessionId: string;
  /** The frame with the full state. */
  readonly state: Buffer;
}

export interface Wish {
  readonly port: number;
  /** A kind of room; its code with "joinById". */
  readonly room: string;
  readonly name: string;
  /** By default "joinOrCreate". */
  readonly method?: "joinOrCreate" | "create" | "joinById";
  /** Join options beside the name. */
  readonly asked?: object;
  readonly options?: ConnectOptions | undefined;
}

/** Rejects if the server refuses or closes. */
export async function takeColyseusSeat(wish: Wish): Promise<ColyseusSeat> {
  const { port, options } = wish;
  const { processId, roomId, sessionId } = await reserve(wish);
  const socket = connect(`ws://127.0.0.1:${port}/${processId}/${roomId}?sessionId=${sessionId}`, options);
  await frameOf(socket, (frame) => isCode(frame, CODE.join));
  const state = frameOf(socket, (frame) => isCode(frame, CODE.state));
  socket.send(Uint8Array.of(CODE.join));
  return { socket, roomId, sessionId, state: await state };
}

/** Not by `fetch`, which cannot choose the address that it comes from. */
async function reserve({ port, room, name, options, ...wish }: Wish): Promise<Reservation> {
  const { method = "joinOrCreate", asked } = wish;
  const asking = request(`http://127.0.0.1:${port}/matchmake/${method}/${room}`, {
    method: "POST",
    ...options,
    headers: { "content-type": "application/json", ...options?.headers },
  });
  asking.end(JSON.stringify({ name, ...asked }));
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  const body = await text(answer);
  if (answer.statusCode !== 200) throw new Error(`no seat: ${answer.statusCode} ${body}`);
  return JSON.parse(body) as Reservation;
}

/** Gives the seat up. Resolves when the server has closed the connection. */
export async function leaveSeat({ socket }: Pick<ColyseusSeat, "socket">): Promise<void> {
  const closed = once(socket, "close");
  socket.send(Uint8Array.of(CODE.leave));
  await closed;
}

export const isCode = (frame: Buffer, code: number): boolean => codeOf(frame) === code;
