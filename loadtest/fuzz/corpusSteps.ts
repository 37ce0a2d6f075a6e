/**
 * What a corpus entry sends on a connection, step by step, each a line that a person can read and write:
 *
 *     14 00 ff            one binary frame: bytes in hex, `78*200` being 200 of the same
 *     text hello          one text frame
 *     stream 82 80 …      bytes on the stream as they are, whatever they mean there
 *     no join             first of all: the JOIN is not acknowledged before the next step
 */
import type { ConnectionPlan, Piece } from "./plan/connection.ts";

export type Step = { kind: "frame" | "text" | "stream"; bytes: Uint8Array } | { kind: "noJoin" };

/** Throws on a line that is none of these. */
export function parseStep(line: string): Step {
  if (line === "no join") return { kind: "noJoin" };
  if (line.startsWith("text ")) return { kind: "text", bytes: new TextEncoder().encode(line.slice(5)) };
  if (line.startsWith("stream ")) return { kind: "stream", bytes: parseHex(line.slice(7)) };
  return { kind: "frame", bytes: parseHex(line) };
}

function parseHex(text: string): Uint8Array {
  const bytes = text
    .split(" ")
    .filter(Boolean)
    .flatMap((word) => {
      const [, hex, times] = /^((?:[\da-f]{2})+)(?:\*(\d+))?$/i.exec(word) ?? [];
      if (hex === undefined) throw new Error(`"${word}" is no hex`);
      const once = [...Buffer.from(hex, "hex")];
      return Array.from({ length: Number(times ?? 1) }, () => once).flat();
    });
  return Uint8Array.from(bytes);
}

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const pieceStep = ({ bytes, message }: Piece) => (message ? hexOf(message) : `stream ${hexOf(bytes)}`);

/** A plan of the generator's as steps: the same in the same order, but for the masks of frames. */
export function stepsOf({ bursts, acknowledgeAt, acknowledgement, farewell }: ConnectionPlan): string[] {
  const steps = ["no join"];
  for (const [index, { honest, suspect }] of bursts.entries()) {
    if (index === acknowledgeAt) steps.push(pieceStep(acknowledgement));
    steps.push(...[...honest, ...suspect].map(pieceStep));
  }
  return farewell.length > 0 ? [...steps, `stream ${hexOf(farewell)}`] : steps;
}
