/** Decides when a room's flight is written to a file. */
import { TokenBucket } from "#server/edge/tokenBucket.ts";
import { writeIncident } from "#server/services/incidents/incidentFiles.ts";
import { brokenInvariant } from "#shared/game/invariants.ts";
import type { World } from "#shared/sim/world.ts";
import type { FlightRecorder } from "./flightRecorder.ts";
import { type Cause, type IncidentKind, incidentOf } from "./incident.ts";

/** A room writes at most one of each kind in this time; operators may always. */
const EVERY_MS = 60_000;
const CHECK_EVERY_TICKS = 10;
/** Bounds the drifts of all rooms of the process: pages ask for these, and each costs up to 0.1 s of processor time. */
const drifts = new TokenBucket({ burst: 3, perSec: 0.1 }, performance.now());

export class Incidents {
  readonly #flight: FlightRecorder;
  readonly #room: () => string;
  readonly #writtenAtMs = new Map<IncidentKind, number>();

  constructor(flight: FlightRecorder, room: () => string) {
    this.#flight = flight;
    this.#room = room;
  }

  /** Resolves with the file's path; undefined if none was written. Never rejects. */
  async write(cause: Cause): Promise<string | undefined> {
    const nowMs = performance.now();
    const writtenAtMs = this.#writtenAtMs.get(cause.kind) ?? Number.NEGATIVE_INFINITY;
    if (cause.kind !== "operator" && nowMs - writtenAtMs < EVERY_MS) return undefined;
    if (cause.kind === "drift" && !drifts.take(nowMs)) return undefined;
    this.#writtenAtMs.set(cause.kind, nowMs);
    const room = this.#room();
    const { tick } = this.#flight.world.state;
    const legs = this.#flight.flight();
    return writeIncident(cause.kind, room, () => incidentOf(cause, room, tick, legs));
  }

  threw(error: unknown): void {
    const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
    void this.write({ kind: "throw", what: message, stack });
  }

  /** Call after each step. */
  checkInvariants(): void {
    const { world } = this.#flight;
    if (world.state.tick % CHECK_EVERY_TICKS !== 0) return;
    const what = whatIsWrong(world);
    if (what !== undefined) void this.write({ kind: "invariant", what });
  }
}

/** A check may throw on a world that is very wrong. */
function whatIsWrong(world: World): string | undefined {
  try {
    return brokenInvariant(world);
  } catch (error) {
    return `a check threw: ${error}`;
  }
}
