/**
 * Where a shooter saw the others: the world as it was on the shooter's screen (Bernier, "Latency Compensating
 * Methods", 2001). The client says which moment that was; what it says is believed only as far as its own round
 * trip and interpolation, as the server measures them, can explain.
 */
import type { Rewind } from "@colyseus/core";
import { COVER_MS, interpolationMs, PATCH_MS, REWIND_MAX_MS } from "#shared/config.ts";
import type { Command } from "#shared/schema/input.ts";
import type { Drone } from "#shared/schema/state.ts";
import type { Place, Sight } from "#shared/sim/sight.ts";
import type { RoundTrip } from "./roundTrips.ts";

/** The part of Colyseus' Rewind that this reads. Times are the room clock's, ms. */
type History = Pick<Rewind, "valueAt" | "lastRecordedAt">;

/** Between two looks at where a victim has been. */
const LOOK_MS = 25;

export class LagCompensation {
  readonly #history: History;
  readonly #roundTripOf: (sessionId: string) => RoundTrip;
  /** Since when a drone is known at the place of its present life. */
  readonly #aliveSinceMs = new WeakMap<Drone, number>();

  constructor(history: History, roundTripOf: (sessionId: string) => RoundTrip) {
    this.#history = history;
    this.#roundTripOf = roundTripOf;
  }

  /**
   * Nobody is hit where an earlier life of theirs was. The newest patch still shows the wreck, and what lies
   * between it and the next one is neither here nor there.
   */
  noteSpawn(drone: Drone): void {
    this.#aliveSinceMs.set(drone, this.newestMs + 2 * PATCH_MS);
  }

  sightOf(shooterId: string, command: Command): Sight {
    const atMs = this.rewoundTo(shooterId, command.seenAtMs ?? 0);
    return {
      placeOf: (_victimId, victim) =>
        this.#isAliveAt(victim, atMs) ? this.#placeAt(victim, atMs) : undefined,
      recentPlacesOf: (victimId, victim) => this.#recentPlaces(victimId, victim),
    };
  }

  /** When the newest patch was made. */
  get newestMs(): number {
    return this.#history.lastRecordedAt;
  }

  /** The moment that a stamp is worth, ms. A client that has not stamped yet sees the newest patch. */
  rewoundTo(shooterId: string, stampMs: number): number {
    // Neither a number below zero nor one that is none.
    if (!(stampMs > 0)) return this.newestMs;
    const { ms, jitterMs } = this.#roundTripOf(shooterId);
    const explainedMs = Math.min(ms + interpolationMs(jitterMs) + PATCH_MS, REWIND_MAX_MS);
    return Math.min(Math.max(stampMs, this.newestMs - explainedMs), this.newestMs);
  }

  /**
   * Where the victim has been since COVER_MS ago by its own screen, which is ahead of the server by its commands'
   * way here.
   */
  *#recentPlaces(victimId: string, victim: Drone): Iterable<Place> {
    yield victim;
    const coverMs = COVER_MS - this.#roundTripOf(victimId).ms / 2;
    for (let backMs = 0; backMs <= coverMs; backMs += LOOK_MS) {
      const atMs = this.newestMs - backMs;
      if (this.#isAliveAt(victim, atMs)) yield this.#placeAt(victim, atMs);
    }
  }

  #isAliveAt(drone: Drone, atMs: number): boolean {
    return atMs >= (this.#aliveSinceMs.get(drone) ?? 0);
  }

  #placeAt(drone: Drone, atMs: number): Place {
    return { x: this.#history.valueAt(drone, atMs, "x"), y: this.#history.valueAt(drone, atMs, "y") };
  }
}
