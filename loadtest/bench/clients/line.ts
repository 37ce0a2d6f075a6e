/** A light client's connection: it sends real commands and decodes no more of the patches than it must. */
import type { WebSocket } from "ws";
import type { Scenario } from "#loadtest/bench/scenarios/scenario.ts";
import type { Script } from "#loadtest/bench/scenarios/script.ts";
import type { Command } from "#shared/schema/input.ts";

export interface Line {
  readonly socket: WebSocket;
  /** The command as a frame. */
  pack(command: Command): Uint8Array | string;
  /** True if the frame is a patch. Also answers the protocol's own pings. */
  isPatch(frame: Buffer): boolean;
  /**
   * The number, modulo AIM_STEPS, of the client's newest command that the patch shows; undefined if it shows none, as on
   * wires without an ack while the drone is destroyed. To be called with every patch, or with none.
   */
  commandIn(patch: Buffer): number | undefined;
}

export interface Seat {
  readonly port: number;
  readonly name: string;
  readonly kind: Scenario["kind"];
  readonly script: Script;
}

/** Resolves when the server has admitted the client. */
export type OpenLine = (seat: Seat) => Promise<Line>;
