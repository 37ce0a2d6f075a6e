/** Joins a Colyseus room as its SDK does: a seat reservation over HTTP, the WebSocket, the handshake, the first state. */
import type { WebSocket } from "ws";
import { codeOf } from "#loadtest/lib/frames.ts";
import type { Reservation } from "#shared/protocol/http.ts";
import { connect, frameOf } from "./socket.ts";

/** Codes of Colyseus' protocol: not imported from the SDK, which the bench's clients do without. */
export const CODE = { join: 10, data: 13, state: 14, patch: 15, input: 19 } as const;

export interface ColyseusSeat {
  readonly socket: WebSocket;
  readonly sessionId: string;
  /** The frame with the full state. */
  readonly state: Buffer;
}

/** Rejects if the server refuses or closes. */
export async function takeColyseusSeat(port: number, room: string, name: string): Promise<ColyseusSeat> {
  const answer = await fetch(`http://127.0.0.1:${port}/matchmake/joinOrCreate/${room}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name }),
  });
  if (!answer.ok) throw new Error(`no seat: ${answer.status} ${await answer.text()}`);
  const { processId, roomId, sessionId } = (await answer.json()) as Reservation;
  const socket = connect(`ws://127.0.0.1:${port}/${processId}/${roomId}?sessionId=${sessionId}`);
  await frameOf(socket, (frame) => isCode(frame, CODE.join));
  const state = frameOf(socket, (frame) => isCode(frame, CODE.state));
  socket.send(Uint8Array.of(CODE.join));
  return { socket, sessionId, state: await state };
}

export const isCode = (frame: Buffer, code: number): boolean => codeOf(frame) === code;
