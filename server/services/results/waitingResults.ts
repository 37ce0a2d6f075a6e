/** The results that the store has not counted yet. Bounds how many of them are in memory. */
import { log } from "#server/log.ts";
import type { MatchResult } from "#server/store/results/matchResult.ts";
import type { ResultNews } from "#shared/protocol/progress.ts";

export type Tell = (player: number, news: ResultNews) => void;

/** Results kept in memory, about 10 kB each; further ones are read from their files again. */
const IN_MEMORY_MAX = 1_000;

export interface Waiting {
  /** Undefined when only the file holds it. */
  result: MatchResult | undefined;
  tell: Tell | undefined;
  /** Settles with the last attempt to write the file. */
  writing: Promise<void>;
  isWritten: boolean;
  wasToldKept: boolean;
  tries: number;
}

const UNWRITTEN: Waiting = {
  result: undefined,
  tell: undefined,
  writing: Promise.resolve(),
  isWritten: false,
  wasToldKept: false,
  tries: 0,
};

/** By match id. */
export class WaitingResults extends Map<string, Waiting> {
  /** Adds a result that has no file yet. */
  keep(result: MatchResult, tell: Tell): Waiting {
    const waiting: Waiting = { ...UNWRITTEN, result, tell };
    this.set(result.id, waiting);
    this.#boundMemory();
    return waiting;
  }

  /** Adds results that files hold, except for those that wait already. */
  addFiles(ids: readonly string[]): void {
    for (const id of ids) if (!this.has(id)) this.set(id, { ...UNWRITTEN, isWritten: true });
  }

  /** Oldest first. */
  get ids(): string[] {
    return [...this.keys()].sort();
  }

  /** The oldest leave the memory first; one whose file could not be written is lost then. */
  #boundMemory(): void {
    const inMemory = [...this].filter(([, { result }]) => result);
    for (const [id, waiting] of inMemory.slice(0, Math.max(0, inMemory.length - IN_MEMORY_MAX))) {
      waiting.result = undefined;
      waiting.tell = undefined;
      if (waiting.isWritten) continue;
      this.delete(id);
      log.error(
        { match: id },
        "a result is lost: neither DATA_DIR nor the store takes it, and the memory is full",
      );
    }
  }
}
