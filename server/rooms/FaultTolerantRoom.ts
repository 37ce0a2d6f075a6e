/** An arena that no mistake of its own takes down, nor anybody else with it: what throws is logged, and play goes on. */
import {
  type Client,
  CloseCode,
  Room,
  type RoomException,
  type RoomMethodName,
  ServerError,
} from "@colyseus/core";
import type { Admission } from "#server/admission/joinOptions.ts";
import { log } from "#server/log.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import type { RoomListing } from "#shared/protocol/lobby.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { CommandInput } from "#shared/schema/input.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { Failures, type Routine } from "./failures.ts";

export type ArenaClient = Client<{ auth: Admission }>;

export interface ArenaTypes {
  state: ArenaState;
  client: ArenaClient;
  input: CommandInput;
  metadata: RoomListing;
}

export abstract class FaultTolerantRoom extends Room<ArenaTypes> {
  protected readonly log = log.child({});
  readonly #failures = new Failures(this.log);
  #isEnding = false;

  override disconnect(code?: number): Promise<unknown> {
    this.#isEnding = true;
    return super.disconnect(code);
  }

  /** One throwing handler or step must not take anybody else down. */
  override onUncaughtException(error: RoomException, method: RoomMethodName): void {
    const { client } = error as { client?: Client };
    const root = rootOf(error);
    // Somebody was refused, and told why.
    if (root instanceof ServerError) return;
    this.#report(root, method, client);
    if (method === "setFixedTimestep") this.#endIfBeyondRepair(method);
  }

  /** Colyseus does not guard this: what it throws would end the process. */
  override broadcastPatch(): boolean {
    try {
      const changed = super.broadcastPatch();
      this.#failures.succeeded("broadcastPatch");
      return changed;
    } catch (error) {
      this.#report(error, "broadcastPatch");
      this.patchFailed();
      this.#endIfBeyondRepair("broadcastPatch");
      return false;
    }
  }

  /** Everybody who is there, but for one. Nobody is told how a room empties that ends. */
  tell(notice: Notice, except?: ArenaClient): void {
    if (!this.#isEnding) this.broadcast(MESSAGE.notice, notice, except && { except });
  }

  /** Some may have been sent it, and some not. */
  protected abstract patchFailed(): void;

  protected stepped(): void {
    this.#failures.succeeded("setFixedTimestep");
  }

  /** What Colyseus would take for the end of the process: it awaits these hooks where nobody catches. */
  protected attempt(method: RoomMethodName, client: ArenaClient, body: () => void): void {
    try {
      body();
    } catch (error) {
      this.#report(error, method, client);
    }
  }

  /** For what Colyseus does in its own time: nobody else would catch it. */
  protected inTheBackground(what: string, work: Promise<unknown>): void {
    work.catch((error) => this.#report(error, what));
  }

  #report(error: unknown, method: string, client?: Client): void {
    this.#failures.report(error, { method, tick: this.state.tick, player: client?.sessionId });
  }

  #endIfBeyondRepair(routine: Routine): void {
    if (!this.#failures.failed(routine)) return;
    this.log.error("beyond repair: the room ends");
    this.tell({ type: "roomFailed" });
    this.disconnect(CLOSE.roomFailed);
  }
}

/** Colyseus tells the client why it was not let in: of what failed here only the log is told. */
export function orRefuse(body: () => void): void {
  try {
    body();
  } catch (cause) {
    if (cause instanceof ServerError) throw cause;
    throw new ServerError(CloseCode.WITH_ERROR, "The room failed: try again.", { cause });
  }
}

/** What was thrown at first, under what has been wrapped around it. */
function rootOf(error: Error): Error {
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}
