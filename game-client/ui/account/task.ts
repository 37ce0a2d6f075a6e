/** Runs a request of the account screen; holds whether it is busy, and the sentence for its failure. */
import { useState } from "preact/hooks";
import { CallFailed, type Failure } from "#client/progressCalls.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

/** Sentences that fit a place better than those of STRINGS.account.failures. */
export type OwnWords = Partial<Record<Failure, string>>;

export interface Task {
  readonly isBusy: boolean;
  /** Empty unless the last task failed. */
  readonly failure: string;
  /** Resolves to whether it succeeded. */
  run(work: () => Promise<void>, words?: OwnWords): Promise<boolean>;
}

export function useTask(): Task {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState("");
  return {
    isBusy,
    failure,
    async run(work, words = {}) {
      setBusy(true);
      setFailure("");
      try {
        await work();
        return true;
      } catch (error) {
        setFailure(sentenceOf(error, words));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}

export function sentenceOf(error: unknown, words: OwnWords = {}): string {
  const why = error instanceof CallFailed ? error.why : "refused";
  return words[why] ?? STRINGS.account.failures[why];
}
