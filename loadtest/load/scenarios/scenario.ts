/** What a scenario is, and what it has to play with. */

import type { Crowd } from "#loadtest/load/bots/crowd.ts";
import type { BotSpec } from "#loadtest/load/bots/orders.ts";
import type { Random } from "#shared/sim/random.ts";

export interface Scenario {
  /** For --help and the report. */
  readonly meaning: string;
  /** Players that a public room of a server that we start ourselves has to hold. */
  placesFor(clients: number): number;
  /** Returns when it is over. Throws Skipped when the server cannot do this. */
  play(stage: Stage): Promise<void>;
}

export interface Stage {
  readonly crowd: Crowd;
  readonly clients: number;
  /** Players in a private room. */
  readonly roomSize: number | undefined;
  readonly light: boolean;
  /** How long is measured. */
  readonly durationMs: number;
  /** How long the clients take to come. */
  readonly rampMs: number;
  readonly random: Random;
  /** Everybody is there: figures count from now on. */
  begin(): void;
  /** For the report: what the scenario itself found. */
  note(text: string): void;
  /** Returns early when somebody ends the run. */
  wait(ms: number): Promise<void>;
  readonly isOver: boolean;
  /** Of the last so many ms, by the server's word, or else by what clients saw. */
  recently(ms: number): Recent;
}

export interface Recent {
  /** Of the ticks that were due, 0…1; by clients' patches where the server does not tell. */
  readonly held: number;
  /** p99 of a tick and of a patch together, ms. */
  readonly workP99Ms: number | undefined;
}

/** There is nothing to measure, and nobody's fault. */
export class Skipped extends Error {}

export const player = (stage: Stage): Omit<BotSpec, "number"> => ({
  ...{ way: { kind: "quick" }, light: stage.light, spectates: false },
});
