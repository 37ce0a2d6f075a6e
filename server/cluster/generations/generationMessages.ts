/**
 * The messages between the primary process and the fronts of two generations: types only. The primary runs the code of its
 * start while fronts are replaced by newer ones: change these messages only so that both sides understand the other's older
 * form.
 */
import type { Message } from "#server/cluster/processes/messages.ts";

/** The primary orders a front. */
export type Order =
  /** Listen, and keep the connections that come. Answered with "held". */
  | { order: "hold" }
  /** Stop listening, close the store, and be a room process of the successor. Answered with "yielded". */
  | { order: "yield" }
  /** Open the store, and answer the connections. Answered with "opened". */
  | { order: "open" }
  /** Refuse newcomers, let matches end within DRAIN_SECONDS, and exit. */
  | { order: "drain" }
  /** The other front has ended. */
  | { order: "lost" };

/** A front reports to the primary. */
export type Report =
  /** Its room processes are up. */
  | { report: "prepared" }
  | { report: "held" }
  | { report: "yielded" }
  | { report: "opened"; port: number }
  /** It cannot start, for a reason that the operator reads; it exits. */
  | { report: "failed"; reason: string };

/** A message of one front to the other, which the primary passes on with its socket. There are never more than two fronts. */
export interface Envelope {
  readonly relay: Message;
}

/** Environment variables by which the primary tells a front its generation. */
export const FRONT = {
  /** Counts up from 1. */
  generation: "FRACAS_GENERATION",
  /** "1" if another front has rooms that this one takes over. */
  hasPredecessor: "FRACAS_PREDECESSOR",
} as const;
