/** The Tiled file that the open draft began as: it has what the draft itself does not know, such as further layers. */
import { computed, effect, signal } from "@preact/signals";
import type { DraftContent } from "#shared/editor/draft.ts";
import { blankTmj, type Tmj, writeTmj } from "#shared/editor/tmj.ts";
import { tilePx } from "./editorModel.ts";
import { isLinked } from "./editorRoom.ts";

/** Undefined until it is here. */
const fetched = signal<Tmj | undefined>(undefined);
/** A blank file until the draft's own one is here. */
export const origin = computed(() => fetched.value ?? blankTmj(tilePx.value || 64));

/** The draft as a Tiled file, parsed as JSON. */
export const tmjOf = (draft: DraftContent): Tmj => writeTmj(draft, origin.value);

/** Fetches it as soon as the room is joined, again after each drop until it is here. Returns what ends that, and forgets it. */
export function followOrigin(fetchFile: () => Promise<unknown>): () => void {
  let isOver = false;
  const stop = effect(() => {
    if (!isLinked.value || fetched.peek()) return;
    fetchFile().then(
      (file) => {
        if (!isOver) fetched.value = file as Tmj;
      },
      (error) => console.warn(error),
    );
  });
  return () => {
    isOver = true;
    stop();
    fetched.value = undefined;
  };
}
