/** Rows that change places move there: FLIP, after Paul Lewis (first, last, invert, play). */
import { useLayoutEffect, useRef } from "preact/hooks";
import { settings } from "#client/settings/settings.ts";

const MOVE_MS = 180;

/** For a parent whose children have `data-row`, a key that stays with the row. Runs after every render. */
export function useMovingRows<Parent extends HTMLElement>() {
  const parent = useRef<Parent>(null);
  const before = useRef(new Map<string, number>());
  useLayoutEffect(() => {
    const tops = new Map<string, number>();
    for (const row of parent.current?.children ?? []) {
      if (!(row instanceof HTMLElement) || row.dataset.row === undefined) continue;
      const top = row.offsetTop;
      const was = before.current.get(row.dataset.row);
      tops.set(row.dataset.row, top);
      if (was !== undefined && was !== top && !settings.reducedMotion.value) move(row, was - top);
    }
    before.current = tops;
  });
  return parent;
}

/** `fromPx`: the distance to the old place. */
function move(row: HTMLElement, fromPx: number): void {
  row.animate([{ transform: `translateY(${fromPx}px)` }, { transform: "none" }], {
    duration: MOVE_MS,
    easing: "cubic-bezier(0.2, 0.7, 0.2, 1)",
  });
}
