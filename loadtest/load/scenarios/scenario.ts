/** The interface of a scenario, and the stage that a run gives it. */
import type { Crowd } from "#loadtest/load/bots/crowd.ts";
import type { BotSpec } from "#loadtest/load/bots/orders.ts";
import type { Random } from "#shared/sim/random.ts";

export interface Scenario {
  /** A few words for --help. */
  readonly meaning: string;
  /** The public rooms' size on a server that is started for the run. */
  placesFor(clients: number): number;
  /** Resolves when the scenario is over. */
  play(stage: Stage): Promise<void>;
}

export interface Stage {
  readonly crowd: Crowd;
  /** The server's address, and the token that frees clients from its limits. */
  readonly server: { readonly endpoint: string; readonly token: string };
  readonly clients: number;
  /** Players in a private room. */
  readonly roomSize: number | undefined;
  readonly light: boolean;
  /** How long to measure. */
  readonly durationMs: number;
  /** How long the clients take to join. */
  readonly rampMs: number;
  readonly random: Random;
  /** Starts the measurement: all clients have joined. */
  begin(): void;
  /** Adds a finding of the scenario to the report. */
  note(text: string): void;
  /** Resolves early when the run is interrupted. */
  wait(ms: number): Promise<void>;
  readonly isOver: boolean;
  /** The last `ms` of the run, from the server's metrics and the clients' patches. */
  recently(ms: number): Recent;
}

export interface Recent {
  /** The share of the ticks due that were run, 0…1; undefined without the server's metrics. */
  readonly ticksHeld: number | undefined;
  /** The share of the patches due that clients received, 0…1. */
  readonly patchesHeld: number;
  /** The p99 of a tick with its patch; undefined without the server's metrics. */
  readonly workP99Ms: number | undefined;
}

/** A player by quick play. */
export const player = (stage: Stage): Omit<BotSpec, "number"> => ({
  way: { kind: "quick" },
  light: stage.light,
  spectates: false,
});
