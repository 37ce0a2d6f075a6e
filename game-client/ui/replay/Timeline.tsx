/** The replay's timeline: a slider with the match's moments on it. A pointer over it, or a jump to a moment, shows who did what. */
import { useMemo, useRef, useState } from "preact/hooks";
import { Sentence } from "#client/ui/kit/Sentence.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { ClipSpan } from "./ClipPanel.tsx";
import { hueOf, kindOf, type Moment, momentNear, textsOf, timeOf } from "./moments.ts";
import { acts, moments, people, reached } from "./replayActs.ts";
import { playhead } from "./replayModel.ts";
import { mayControl } from "./screeningModel.ts";

/** A pointer this near to a mark means the mark; CSS px. */
const NEAR_PX = 9;
/** The last moment that was jumped to is named for this long before and after it. */
const NAMED_MS = 3500;
/** A moment with more marks names the first ones. */
const LINES_MAX = 4;
/** How far PageUp and PageDown lead. */
const PAGE_MS = 30_000;

export function Timeline() {
  const { atMs, lengthMs } = playhead.value;
  const track = useRef<HTMLDivElement>(null);
  const pointed = usePointer(track, lengthMs);
  const words = STRINGS.replay;
  const named = reached.value && Math.abs(reached.value.atMs - atMs) < NAMED_MS ? reached.value : undefined;
  return (
    <div
      ref={track}
      class="replay-timeline"
      role="slider"
      tabIndex={0}
      aria-label={words.timeline}
      aria-disabled={!mayControl.value}
      aria-valuemin={0}
      aria-valuemax={Math.round(lengthMs / 1000)}
      aria-valuenow={Math.round(atMs / 1000)}
      aria-valuetext={words.at(timeOf(atMs), timeOf(lengthMs))}
      onKeyDown={turnPage}
      {...pointed.handlers}
    >
      <div class="replay-track">
        <div class="replay-gone" style={{ width: shareOf(atMs, lengthMs) }} />
      </div>
      <ClipSpan />
      <Marks lengthMs={lengthMs} />
      <div class="replay-head" style={{ left: shareOf(atMs, lengthMs) }} />
      {pointed.ms !== undefined ? (
        <Tip atMs={pointed.ms} moment={momentNear(moments.value, pointed.ms, pointed.nearMs)} />
      ) : (
        named && <Tip atMs={named.atMs} moment={named} />
      )}
    </div>
  );
}

const shareOf = (ms: number, lengthMs: number): string =>
  `${((100 * ms) / Math.max(1, lengthMs)).toFixed(3)}%`;

/** The arrow keys are the replay's on the whole screen (replayKeys.ts), but for these. */
function turnPage(event: KeyboardEvent): void {
  const by = { PageUp: PAGE_MS, PageDown: -PAGE_MS, ArrowUp: 5000, ArrowDown: -5000 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  acts.seekBy(by);
}

/** Follows a pointer over the track; a pressed one drags the playhead along. */
function usePointer(track: { current: HTMLDivElement | null }, lengthMs: number) {
  const [ms, setMs] = useState<number | undefined>();
  const drag = useRef<{ id: number; wantedMs: number } | undefined>(undefined);
  const box = () => track.current?.getBoundingClientRect() ?? new DOMRect();
  const msAt = ({ clientX }: PointerEvent) => {
    const { left, width } = box();
    return Math.min(1, Math.max(0, (clientX - left) / Math.max(1, width))) * lengthMs;
  };
  const handlers = {
    onPointerDown(event: PointerEvent) {
      event.stopPropagation();
      if (event.button !== 0) return;
      track.current?.setPointerCapture(event.pointerId);
      const pointedMs = msAt(event);
      drag.current = { id: event.pointerId, wantedMs: pointedMs };
      setMs(pointedMs);
      acts.seekTo(momentNear(moments.value, pointedMs, nearMs())?.atMs ?? pointedMs);
    },
    onPointerMove(event: PointerEvent) {
      const pointedMs = msAt(event);
      setMs(pointedMs);
      if (
        drag.current?.id === event.pointerId &&
        Math.abs(pointedMs - drag.current.wantedMs) > nearMs() / 3
      ) {
        drag.current.wantedMs = pointedMs;
        acts.seekTo(pointedMs);
      }
    },
    onPointerUp(event: PointerEvent) {
      drag.current = undefined;
      if (event.pointerType !== "mouse") setMs(undefined);
    },
    onPointerCancel() {
      drag.current = undefined;
      setMs(undefined);
    },
    onPointerLeave() {
      if (!drag.current) setMs(undefined);
    },
  };
  const nearMs = () => (NEAR_PX / Math.max(1, box().width)) * lengthMs;
  return { ms, nearMs: ms === undefined ? 0 : nearMs(), handlers };
}

/** Screen readers skip them: N, P and the tip say the same. Only a new replay draws them anew. */
function Marks({ lengthMs }: { lengthMs: number }) {
  const shown = moments.value;
  const names = people.value;
  return useMemo(
    () => (
      <div class="replay-marks" aria-hidden="true">
        {shown.map((moment) => (
          <span
            key={moment.atMs}
            class={`replay-mark replay-mark-${kindOf(moment)}`}
            style={{ left: shareOf(moment.atMs, lengthMs), color: hueOf(moment, names) }}
          >
            <MarkShape of={moment} />
          </span>
        ))}
      </div>
    ),
    [shown, names, lengthMs],
  );
}

/** On a 16-unit grid. A kill is the plain stroke of the style sheet. */
const SHAPES: Readonly<Record<Exclude<ReturnType<typeof kindOf>, "kill">, string>> = {
  feat: "M8 1 10 6 15 6.500 11 10 12.500 15 8 12 3.500 15 5 10 1 6.500 6 6Z",
  capture: "M3 1H14L11 5 14 9H5V16H3Z",
  lead: "M2 5 5.500 8 8 3 10.500 8 14 5 13 13H3Z",
  end: "M3 1H13V9H5V15H3Z",
};

function MarkShape({ of }: { of: Moment }) {
  const kind = kindOf(of);
  if (kind === "kill") return null;
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[kind]} />
    </svg>
  );
}

/** Stays inside of the bar, whose edges the first and the last moments are near to. */
function Tip({ atMs, moment }: { atMs: number; moment: Moment | undefined }) {
  const { lengthMs } = playhead.value;
  const shownMs = moment?.atMs ?? atMs;
  return (
    <div
      class="replay-tip glass"
      aria-hidden="true"
      style={{ left: shareOf(shownMs, lengthMs), "--share": shownMs / Math.max(1, lengthMs) }}
    >
      <strong class="figures">{timeOf(shownMs)}</strong>
      {moment &&
        textsOf(moment, people.value)
          .slice(0, LINES_MAX)
          .map((text) => (
            <span key={text}>
              <Sentence text={text} />
            </span>
          ))}
    </div>
  );
}
