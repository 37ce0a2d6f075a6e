/** Keeps entries in a signal for a while. */
import type { Signal } from "@preact/signals";

export interface FadingList<Entry> {
  add(entry: Entry, nowMs: number): void;
  /** Replaces the newest entry that matches, if any does; it fades when it would have. */
  amend(matches: (entry: Entry) => boolean, change: (entry: Entry) => Entry): void;
  /** Call often; sets the signal only when an entry expires. */
  update(nowMs: number): void;
  clear(): void;
}

/** Each entry lasts for `lifeMs`. Sets the signal only on a change. */
export function createFadingList<Entry>(target: Signal<readonly Entry[]>, lifeMs: number): FadingList<Entry> {
  let kept: readonly { readonly entry: Entry; readonly untilMs: number }[] = [];
  const show = (next: typeof kept) => {
    kept = next;
    target.value = kept.map(({ entry }) => entry);
  };
  show([]);
  return {
    add: (entry, nowMs) => show([...kept, { entry, untilMs: nowMs + lifeMs }]),
    amend(matches, change) {
      const at = kept.findLastIndex(({ entry }) => matches(entry));
      if (at >= 0)
        show(kept.map((one, index) => (index === at ? { ...one, entry: change(one.entry) } : one)));
    },
    update(nowMs) {
      if (kept.some(({ untilMs }) => untilMs <= nowMs)) show(kept.filter(({ untilMs }) => untilMs > nowMs));
    },
    clear: () => show([]),
  };
}
