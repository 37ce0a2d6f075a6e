/** The last kills in a line, the newest first: when one comes, the line moves on. No live region: it would be all that is read. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { settings } from "#client/settings/settings.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { LiveKill } from "#shared/protocol/live.ts";
import { Kill } from "./Kill.tsx";

const MOVE_MS = 600;

export function Ticker({ kills }: { kills: readonly LiveKill[] }) {
  const line = useMovingLine(kills.at(-1)?.number ?? 0);
  if (kills.length === 0) return <p class="live-ticker live-quiet">{STRINGS.live.noKills}</p>;
  return (
    <ul class="live-ticker" aria-label={STRINGS.feed.title} ref={line}>
      {kills.toReversed().map((kill) => (
        <li key={kill.number} data-kill={kill.number}>
          <Kill of={kill} />
        </li>
      ))}
    </ul>
  );
}

/** Moves the items from where they stood before the new ones. */
function useMovingLine(newest: number) {
  const line = useRef<HTMLUListElement>(null);
  const before = useRef(newest);
  useLayoutEffect(() => {
    const { current } = line;
    const was = current?.querySelector<HTMLElement>(`[data-kill="${before.current}"]`);
    before.current = newest;
    const byPx = was?.offsetLeft ?? 0;
    if (!current || byPx <= 0 || settings.reducedMotion.value) return;
    for (const item of current.children)
      item.animate([{ transform: `translateX(${-byPx}px)` }, { transform: "none" }], {
        duration: MOVE_MS,
        easing: "cubic-bezier(0.2, 0.7, 0.2, 1)",
      });
  }, [newest]);
  return line;
}
