/**
 * The steps of a corpus entry on one connection, each a line that a person can read and write:
 *
 *     14 00 ff            one binary frame in hex; `78*200` repeats a byte 200 times
 *     text hello          one text frame
 *     stream 82 80 …      raw bytes on the stream
 *     no join             as the first step: the client does not acknowledge the JOIN
 */
import type { ConnectionPlan, Piece } from "./plan/connection.ts";

export type Step = { kind: "frame" | "text" | "stream"; bytes: Uint8Array } | { kind: "noJoin" };

/** Throws on any other line. */
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
      if (hex === undefined) throw new Error(`"${word}" is not hex`);
      const once = [...Buffer.from(hex, "hex")];
      return Array.from({ length: Number(times ?? 1) }, () => once).flat();
    });
  return Uint8Array.from(bytes);
}

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const pieceStep = ({ bytes, message }: Piece) => (message ? hexOf(message) : `stream ${hexOf(bytes)}`);

/** Writes a plan of the generator as steps: the same bytes in the same order, except for the masks of the frames. */
export function stepsOf({ bursts, acknowledgeAt, acknowledgement, farewell }: ConnectionPlan): string[] {
  const steps = ["no join"];
  for (const [index, { honest, suspect }] of bursts.entries()) {
    if (index === acknowledgeAt) steps.push(pieceStep(acknowledgement));
    steps.push(...[...honest, ...suspect].map(pieceStep));
  }
  return farewell.length > 0 ? [...steps, `stream ${hexOf(farewell)}`] : steps;
}
