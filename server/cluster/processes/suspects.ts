/**
 * Finds the room that makes processes fail: it is the one that was in every death. Rooms that were in as many deaths as
 * others are opened again in different processes, so that the next death tells more.
 */
import type { RoomProcess } from "#server/admission/rooms.ts";

/** A room that was in this many deaths within BLAMED_MS, and in more than any other room of the process, is the cause. */
const DEATHS_MAX = 2;
const BLAMED_MS = 60_000;

interface Suspect {
  /** performance.now() of each death that the room may have caused. */
  deathsAtMs: readonly number[];
  /** The process that it was opened again in. */
  processId: string | undefined;
}

export class Suspects {
  /** By code. */
  readonly #suspects = new Map<string, Suspect>();

  /** A process died with these rooms, and one of them may be the cause. Returns the culprit's code if it is known. */
  accuse(codes: readonly string[], nowMs: number): string | undefined {
    this.#forget(nowMs);
    const before = Math.max(0, ...codes.map((code) => this.#countOf(code)));
    // The others were elsewhere when it happened before.
    const accused = codes.filter((code) => this.#countOf(code) === before);
    for (const code of accused) {
      const deathsAtMs = [...(this.#suspects.get(code)?.deathsAtMs ?? []), nowMs];
      this.#suspects.set(code, { deathsAtMs, processId: undefined });
    }
    const [culprit] = accused;
    if (culprit === undefined || accused.length > 1 || before + 1 < DEATHS_MAX) return undefined;
    this.#convict(culprit);
    return culprit;
  }

  /** Whether it must be opened in another process than those that are suspected as much. */
  isToBeParted(code: string): boolean {
    return this.#countOf(code) >= DEATHS_MAX;
  }

  /** Returns those of the processes that have the fewest rooms that are suspected as much. */
  apart<Process extends Pick<RoomProcess, "id">>(
    code: string,
    processes: readonly Process[],
  ): readonly Process[] {
    const count = this.#countOf(code);
    if (count === 0) return processes;
    const peers = [...this.#suspects].filter(
      ([other, { deathsAtMs }]) => other !== code && deathsAtMs.length === count,
    );
    const peersIn = ({ id }: Process) => peers.filter(([, { processId }]) => processId === id).length;
    const fewest = Math.min(...processes.map(peersIn));
    return processes.filter((each) => peersIn(each) === fewest);
  }

  /** It opens there. */
  placed(code: string, processId: string): void {
    const suspect = this.#suspects.get(code);
    if (suspect) suspect.processId = processId;
  }

  #countOf(code: string): number {
    return this.#suspects.get(code)?.deathsAtMs.length ?? 0;
  }

  /** Nobody else is suspected of the deaths that it has caused. */
  #convict(culprit: string): void {
    const caused = new Set(this.#suspects.get(culprit)?.deathsAtMs);
    this.#keepDeaths((atMs) => !caused.has(atMs));
  }

  #forget(nowMs: number): void {
    this.#keepDeaths((atMs) => nowMs - atMs <= BLAMED_MS);
  }

  #keepDeaths(isKept: (atMs: number) => boolean): void {
    for (const [code, suspect] of this.#suspects) {
      suspect.deathsAtMs = suspect.deathsAtMs.filter(isKept);
      if (suspect.deathsAtMs.length === 0) this.#suspects.delete(code);
    }
  }
}
