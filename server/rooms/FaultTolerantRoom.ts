/**
 * A room that survives its own errors: it logs what its code throws and plays on; it ends only after
 * MAX_FAILURES consecutive failed steps or patches.
 */
import {
  type Client,
  CloseCode,
  Room,
  type RoomException,
  type RoomMethodName,
  ServerError,
} from "@colyseus/core";
import type { Logger } from "pino";
import type { RoomMetadata } from "#server/admission/directory.ts";
import type { Admission } from "#server/admission/joinOptions.ts";
import { messageBytes } from "#server/colyseus/internals.ts";
import { log } from "#server/log.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { CommandInput } from "#shared/schema/input.ts";
import type { ArenaState } from "#shared/schema/state.ts";

export type ArenaClient = Client<{ auth: Admission }>;

export interface ArenaTypes {
  state: ArenaState;
  client: ArenaClient;
  input: CommandInput;
  metadata: RoomMetadata;
}

const LOG_INTERVAL_MS = 1000;
/** Consecutive failures of a routine that end the room; a routine that fails now and then goes on. */
export const MAX_FAILURES = 3 * TICKS_PER_SEC;

/** What a room does periodically. */
type Routine = "step" | "broadcastPatch";

/** Logs a room's errors, the first at once, then at most one a second; counts consecutive failures of its routines. */
export class Failures {
  readonly #log: Logger;
  #loggedAtMs = Number.NEGATIVE_INFINITY;
  #unlogged = 0;
  readonly #consecutive = new Map<Routine, number>();

  constructor(log: Logger) {
    this.#log = log;
  }

  report(error: unknown, context: Readonly<Record<string, unknown>>): void {
    const nowMs = performance.now();
    if (nowMs - this.#loggedAtMs < LOG_INTERVAL_MS) {
      this.#unlogged++;
      return;
    }
    this.#log.error({ err: error, ...context, alsoSince: this.#unlogged }, "uncaught in room");
    this.#loggedAtMs = nowMs;
    this.#unlogged = 0;
  }

  succeeded(routine: Routine): void {
    this.#consecutive.delete(routine);
  }

  /** Counts a failure. True once: for the failure that ends the room. */
  failed(routine: Routine): boolean {
    const count = (this.#consecutive.get(routine) ?? 0) + 1;
    this.#consecutive.set(routine, count);
    return count === MAX_FAILURES;
  }
}

export abstract class FaultTolerantRoom extends Room<ArenaTypes> {
  readonly log = log.child({});
  readonly #failures = new Failures(this.log);
  #isEnding = false;

  override disconnect(code?: number): Promise<unknown> {
    this.#isEnding = true;
    return super.disconnect(code);
  }

  /** Colyseus calls this with what a handler or timer throws. */
  override onUncaughtException(error: RoomException, method: RoomMethodName): void {
    const { client } = error as { client?: Client };
    const root = rootOf(error);
    // A refusal, which the client has received.
    if (root instanceof ServerError) return;
    this.#report(root, method, client);
  }

  /** The room's clock does not catch what this throws: it would end the process. */
  override broadcastPatch(): boolean {
    try {
      const changed = super.broadcastPatch();
      this.#failures.succeeded("broadcastPatch");
      return changed;
    } catch (error) {
      this.#report(error, "broadcastPatch");
      this.patchFailed();
      this.#countFailure("broadcastPatch");
      return false;
    }
  }

  /** Sends a notice to all clients except one. A room that ends sends none, or each client would see the others leave. */
  notify(notice: Notice, except?: ArenaClient): void {
    if (this.#isEnding) return;
    const message = messageBytes(MESSAGE.notice, notice);
    for (const client of this.clients) if (client !== except) this.deliver(client, message);
  }

  /** Sends a message's bytes to one client, at once or with the next patch. */
  protected deliver(client: ArenaClient, message: Buffer): void {
    client.enqueueRaw(message);
  }

  /** Called when a patch throws: some clients may have received it, others not. */
  protected abstract patchFailed(): void;

  /** Called with what a step throws. */
  protected abstract stepFailed(error: unknown): void;

  /** Runs a step. Logs what it throws; the next step runs all the same. */
  protected attemptStep(step: () => void): void {
    try {
      step();
      this.#failures.succeeded("step");
    } catch (error) {
      this.#report(error, "step");
      this.stepFailed(error);
      this.#countFailure("step");
    }
  }

  /** Runs a hook's body and logs what it throws: Colyseus awaits these hooks without a catch. */
  protected attempt(method: RoomMethodName, client: ArenaClient, body: () => void): void {
    try {
      body();
    } catch (error) {
      this.#report(error, method, client);
    }
  }

  /** Logs the rejection of a promise that nothing awaits. */
  inTheBackground(what: string, work: Promise<unknown>): void {
    work.catch((error) => this.#report(error, what));
  }

  #report(error: unknown, method: string, client?: Client): void {
    this.#failures.report(error, { method, tick: this.state.tick, player: client?.sessionId });
  }

  #countFailure(routine: Routine): void {
    if (!this.#failures.failed(routine)) return;
    this.log.error({ routine }, "too many consecutive failures: the room ends");
    // At once: there may be no other patch.
    this.broadcast(MESSAGE.notice, { type: "roomFailed" } satisfies Notice);
    this.disconnect(CLOSE.roomFailed);
  }
}

/** Runs the body of a join. The client receives refusals as they are; other errors go to the log only. */
export function orRefuse(body: () => void): void {
  try {
    body();
  } catch (cause) {
    if (cause instanceof ServerError) throw cause;
    throw new ServerError(CloseCode.WITH_ERROR, "The room failed: try again.", { cause });
  }
}

/** The error that was thrown first, under those that wrap it. */
function rootOf(error: Error): Error {
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}
