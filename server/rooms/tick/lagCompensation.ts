/**
 * Lag compensation: rewinds targets to where the shooter saw them (Bernier, "Latency Compensating Methods", 2001). The
 * client stamps each command with the time that its screen showed; the server limits the rewind to what the client's
 * own round trip, as the server measures it, and interpolation can explain.
 */
import { COVER_MS, interpolationMs, PATCH_MS, REWIND_MAX_MS } from "#shared/config.ts";
import type { Command } from "#shared/schema/input.ts";
import type { Drone } from "#shared/schema/state.ts";
import type { Place, Sight } from "#shared/sim/sight.ts";
import type { History } from "./history.ts";
import type { RoundTrip } from "./roundTrips.ts";

/** Sampling interval of a victim's recent positions. */
const SAMPLE_MS = 25;

export class LagCompensation {
  readonly #history: Pick<History, "placeAt" | "newestMs">;
  readonly #roundTripOf: (sessionId: string) => RoundTrip;
  /** From when on the history has the drone's positions since its last spawn. */
  readonly #aliveSinceMs = new WeakMap<Drone, number>();

  /** Times are on the room's clock, ms. */
  constructor(history: Pick<History, "placeAt" | "newestMs">, roundTripOf: (sessionId: string) => RoundTrip) {
    this.#history = history;
    this.#roundTripOf = roundTripOf;
  }

  /**
   * Keeps a respawned drone from being hit where it was destroyed. The newest patch still shows the wreck, and positions
   * interpolated between that patch and the next lie on no path that the drone took.
   */
  noteSpawn(drone: Drone): void {
    this.#aliveSinceMs.set(drone, this.newestMs + 2 * PATCH_MS);
  }

  sightOf(shooterId: string, command: Command): Sight {
    const atMs = this.rewoundTo(shooterId, command.seenAtMs ?? 0);
    return {
      placeOf: (_victimId, victim) =>
        this.#isAliveAt(victim, atMs) ? this.#history.placeAt(victim, atMs) : undefined,
      recentPlacesOf: (victimId, victim) => this.#recentPlaces(victimId, victim),
    };
  }

  /** Time of the newest patch, ms. */
  get newestMs(): number {
    return this.#history.newestMs;
  }

  /** The time to rewind to for a stamp, ms. A command without a stamp sees the newest patch. */
  rewoundTo(shooterId: string, stampMs: number): number {
    // Negative and NaN stamps, too.
    if (!(stampMs > 0)) return this.newestMs;
    const { ms, jitterMs } = this.#roundTripOf(shooterId);
    const explainedMs = Math.min(ms + interpolationMs(jitterMs) + PATCH_MS, REWIND_MAX_MS);
    return Math.min(Math.max(stampMs, this.newestMs - explainedMs), this.newestMs);
  }

  /**
   * The victim's positions in the last COVER_MS of its own screen, which is ahead of the server by half its round trip.
   */
  *#recentPlaces(victimId: string, victim: Drone): Iterable<Place> {
    yield victim;
    const coverMs = COVER_MS - this.#roundTripOf(victimId).ms / 2;
    for (let backMs = 0; backMs <= coverMs; backMs += SAMPLE_MS) {
      const atMs = this.newestMs - backMs;
      if (this.#isAliveAt(victim, atMs)) yield this.#history.placeAt(victim, atMs);
    }
  }

  #isAliveAt(drone: Drone, atMs: number): boolean {
    return atMs >= (this.#aliveSinceMs.get(drone) ?? 0);
  }
}
