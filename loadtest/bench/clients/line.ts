/** One light client's connection: it sends real commands and counts what comes, without decoding more than it must. */
import type { WebSocket } from "ws";
import type { Path } from "#loadtest/bench/scenario.ts";
import type { Command } from "#shared/schema/input.ts";

export interface Line {
  readonly socket: WebSocket;
  /** What goes up for this command. */
  pack(command: Command): Uint8Array | string;
  /** Answers what the protocol wants answered; true when the frame is a patch. */
  isPatch(frame: Buffer): boolean;
  /** Number, modulo AIM_STEPS, of the newest of this client's commands that the patch shows, if it shows one. */
  commandIn(patch: Buffer): number | undefined;
}

export interface Seat {
  readonly port: number;
  readonly name: string;
  readonly path: Path;
}

/** Takes a seat; resolves when the server has let it in. */
export type OpenLine = (seat: Seat) => Promise<Line>;
