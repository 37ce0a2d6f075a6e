/** The rooms' access to the store: they look entrants up, and hand finished matches over. Without a store nothing is kept. */
import type { Entrant, EntrantQuestion } from "#server/store/players/players.ts";
import type { MatchResult } from "#server/store/results/matchResult.ts";
import type { Store } from "#server/store/store.ts";
import { numberedName } from "#shared/protocol/playerName.ts";
import type { ResultNews } from "#shared/protocol/progress.ts";
import { foldName } from "./accounts/names.ts";

export interface Progress {
  /** Resolves soon, whatever the store does: while it is away, everybody is a guest under the wanted name. Never rejects. */
  entering(identity: string | undefined, wanted: string): Promise<Entrant>;
  /**
   * Keeps a finished match and has it counted, now or when the store is back; returns at once. `tell` hears what becomes of
   * it for each player by their index in the result, possibly twice: "kept", later "counted".
   */
  keep(result: MatchResult, tell: (player: number, news: ResultNews) => void): void;
}

const GUESTS_ONLY: Progress = {
  entering: async (_identity, wanted) => ({ name: wanted, isAccount: false, points: {} }),
  keep() {},
};

const ENTER_WITHIN_MS = 1_000;

export const createProgress = (store: Store, keeper: Pick<Progress, "keep">): Progress => ({
  async entering(identity, wanted) {
    const guest: Entrant = { name: wanted, isAccount: false, points: {} };
    const atMs = Date.now();
    const question = { identity, wanted: spellingsOf(wanted), atMs };
    const answer = store.ask("entrantOf", question);
    // Not asked while the store is away.
    if (identity !== undefined)
      void answer.then(() => store.ask("noteSeen", { identity, atMs })).catch(() => {});
    return Promise.race([answer.catch(() => guest), after(ENTER_WITHIN_MS, guest)]);
  },
  keep: (result, tell) => keeper.keep(result, tell),
});

/** The highest number behind a guest's name of which it is known whether the name is an account's. */
const KNOWN_NUMBERS = 9;

function spellingsOf(wanted: string): EntrantQuestion["wanted"] {
  const spelling = (name: string) => ({ name, folded: foldName(name) });
  const numbered = Array.from({ length: KNOWN_NUMBERS - 1 }, (_, at) => numberedName(wanted, at + 2));
  return [spelling(wanted), ...numbered.map(spelling)];
}

const after = <Value>(ms: number, value: Value) =>
  new Promise<Value>((resolve) => setTimeout(resolve, ms, value).unref());

let provided = GUESTS_ONLY;

/** Called once when the server starts; rooms are created by Colyseus, which hands them nothing. */
export function provideProgress(progress: Progress = GUESTS_ONLY): void {
  provided = progress;
}

export const progress = (): Progress => provided;
