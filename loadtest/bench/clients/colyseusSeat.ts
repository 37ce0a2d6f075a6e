/** The way into a Colyseus room, as its SDK goes it: a seat over HTTP, the WebSocket, the handshake, its answer. */
import type { WebSocket } from "ws";
import { connect, frameOf } from "./socket.ts";

/** Of a frame's first byte: its code in the low five bits, modifiers above. */
export const CODE_MASK = 0x1f;
/** Codes of Colyseus' protocol; the SDK does not export them. */
export const CODE = { join: 10, data: 13, state: 14, patch: 15, input: 19 } as const;

interface Reservation {
  readonly roomId: string;
  readonly processId: string;
  readonly sessionId: string;
}

export interface ColyseusSeat {
  readonly socket: WebSocket;
  readonly sessionId: string;
  /** The first frame with the state in it. */
  readonly state: Buffer;
}

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

export const isCode = (frame: Buffer, code: number): boolean => ((frame[0] ?? 0) & CODE_MASK) === code;
