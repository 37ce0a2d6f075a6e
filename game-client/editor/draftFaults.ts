/** Checks the draft as it is drawn, by the rules of the game's own parser. */
import { effect, untracked } from "@preact/signals";
import { checkArena } from "#shared/arena/checkArena.ts";
import { draft, faults, modes } from "./editorModel.ts";
import { origin, tmjOf } from "./originFile.ts";

const CHECK_EVERY_MS = 250;

/** Keeps `faults` up to date until the returned function is called. */
export function followFaults(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStale = false;
  const check = () => {
    timer = undefined;
    if (!isStale) return;
    isStale = false;
    const checked = checkArena(
      untracked(() => tmjOf(draft.value)),
      "draft",
    );
    faults.value = checked.faults;
    modes.value = checked.arena?.modes ?? [];
    timer = setTimeout(check, CHECK_EVERY_MS);
  };
  const stop = effect(() => {
    void draft.value;
    void origin.value;
    isStale = true;
    timer ??= setTimeout(check, 0);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
