/** The types that the parts of a fuzz run share. */
import type { Pace } from "./pace.ts";
import type { Target } from "./plan/requestText.ts";
import type { Suspects } from "./suspects.ts";
import type { Tally } from "./tally.ts";
import type { HonestPair } from "./watch/honestPair.ts";
import type { ServerProcess } from "./watch/serverProcess.ts";
import type { MemoryReport } from "./watch/serverWatch.ts";
import type { Watchdog } from "./watch/watchdog.ts";
import type { Address } from "./wire/link.ts";

export interface Run {
  readonly server: ServerProcess;
  readonly honest: HonestPair;
  readonly watchdog: Watchdog;
  readonly tally: Tally;
  readonly suspects: Suspects;
  readonly target: Target;
  readonly pace: Pace;
}

export interface RunResult extends Run {
  /** The number of entries replayed. */
  corpusEntries: number;
  memory: { before: MemoryReport; after: MemoryReport } | undefined;
  /** What the watchdog reported, and the corpus file with its suspects. */
  violation: { what: string; savedAs: string | undefined } | undefined;
}

export interface Attack extends Run {
  readonly address: Address;
  readonly requests: RequestSender;
  readonly seed: number;
  /** The index of the seed's first connection to make. */
  readonly from: number;
  /** The attack ends when the tally has this many frames. */
  readonly untilFrames: number;
}

export interface RequestSender {
  /** Sends the index-th request of the attack's seed, without waiting for its answer. */
  send(attack: Attack, index: number): void;
  /** Resolves when no request is under way. */
  settled(): Promise<void>;
}
