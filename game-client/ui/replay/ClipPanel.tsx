/** Chooses a part of the replay, up to 30 s, and makes a link or a video of it. */
import "./clip.css";
import { useId, useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { ScissorsIcon } from "#client/ui/kit/icons.tsx";
import { ShareButtons } from "#client/ui/kit/ShareButtons.tsx";
import { followed, followedPerson } from "#client/ui/room/watchModel.ts";
import { absolute } from "#client/ui/state/clips.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { bestMoment, type Moment } from "#shared/replay/bestMoment.ts";
import { type ClipRange, clipOpen, clipRange, firstRange, video, withEnd, withStart } from "./clipModel.ts";
import { momentText, secondsText, timeText } from "./clipText.ts";
import { controls, playhead, replay } from "./replayModel.ts";
import { mayControl } from "./screeningModel.ts";
import { VideoMaker } from "./VideoMaker.tsx";

/** Opens and closes the panel; the first time with what has just been played. */
export function ClipButton() {
  const isOpen = clipOpen.value;
  return (
    <Button look="icon" label={STRINGS.clips.title} expanded={isOpen} onPress={() => toggle(!isOpen)}>
      <ScissorsIcon />
    </Button>
  );
}

function toggle(isOpen: boolean): void {
  clipOpen.value = isOpen;
  const { atMs, lengthMs } = playhead.peek();
  if (isOpen) clipRange.value ??= firstRange(atMs, lengthMs);
}

/** The chosen part on the replay's timeline. Its parent is as wide as the timeline. */
export function ClipSpan() {
  const range = clipRange.value;
  const { lengthMs } = playhead.value;
  if (!range || lengthMs === 0) return null;
  const share = (ms: number) => `${(100 * ms) / lengthMs}%`;
  return (
    <span
      class="clip-span"
      aria-hidden="true"
      style={{ left: share(range.fromMs), width: share(range.toMs - range.fromMs) }}
    />
  );
}

export function ClipPanel() {
  const range = clipRange.value;
  if (!clipOpen.value || !range) return null;
  const words = STRINGS.clips;
  const isMaking = video.value.is === "making";
  return (
    <section class="clip-panel" aria-label={words.title}>
      {!isMaking && <Ends range={range} />}
      <div class="clip-ways">
        {!isMaking && (
          <>
            <LinkButtons range={range} />
            <BestButton />
            <Button look="quiet" onPress={forget}>
              {words.whole}
            </Button>
          </>
        )}
        <VideoMaker range={range} />
      </div>
    </section>
  );
}

function forget(): void {
  clipRange.value = undefined;
  clipOpen.value = false;
}

/** The picture follows the end that is moved. */
function change(range: ClipRange, atMs: number): void {
  clipRange.value = range;
  controls.peek()?.pause();
  controls.peek()?.seek(atMs);
}

function Ends({ range }: { range: ClipRange }) {
  const words = STRINGS.clips;
  const { lengthMs } = playhead.value;
  const here = () => playhead.peek().atMs;
  return (
    <div class="clip-ends">
      <End
        name={words.start}
        here={words.startHere}
        atMs={range.fromMs}
        move={(atMs) => {
          const next = withStart(range, atMs, lengthMs);
          change(next, next.fromMs);
        }}
        take={() => {
          clipRange.value = withStart(range, here(), lengthMs);
        }}
      />
      <End
        name={words.end}
        here={words.endHere}
        atMs={range.toMs}
        move={(atMs) => {
          const next = withEnd(range, atMs, lengthMs);
          change(next, next.toMs);
        }}
        take={() => {
          clipRange.value = withEnd(range, here(), lengthMs);
        }}
      />
      <output class="clip-length figures">{secondsText(range.toMs - range.fromMs)}</output>
    </div>
  );
}

interface EndProps {
  name: string;
  /** Name of the button that takes the playhead's moment. */
  here: string;
  atMs: number;
  move(toMs: number): void;
  take(): void;
}

/** Arrow keys move an end by a tenth of a second. */
const STEP_MS = 100;

function End({ name, here, atMs, move, take }: EndProps) {
  const id = useId();
  return (
    <div class="clip-end">
      <label for={id}>{name}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={playhead.value.lengthMs}
        step={STEP_MS}
        value={atMs}
        aria-valuetext={timeText(atMs)}
        onInput={({ currentTarget }) => move(currentTarget.valueAsNumber)}
      />
      <span class="figures" aria-hidden="true">
        {timeText(atMs)}
      </span>
      <Button look="plain" onPress={take}>
        {here}
      </Button>
    </div>
  );
}

function LinkButtons({ range }: { range: ClipRange }) {
  const [notice, setNotice] = useState("");
  const now = replay.value;
  if (now.is !== "open") return null;
  const link = absolute({ id: now.link.id, clip: range, follow: followedPerson()?.name });
  return (
    <>
      <ShareButtons look="plain" link={link} notify={setNotice} />
      <p class={notice ? "clip-notice" : "visually-hidden"} role="status">
        {notice}
      </p>
    </>
  );
}

function BestButton() {
  const now = replay.value;
  const best = now.is === "open" ? bestMoment(now.info.marks) : undefined;
  // In a room, whoever has the controls chooses what all see.
  if (!best || now.is !== "open" || !mayControl.value) return null;
  const who = now.info.people.find(({ seat }) => seat === best.seat)?.name ?? "";
  return (
    <Button
      look="plain"
      label={`${STRINGS.clips.best}: ${who}, ${momentText(best)}`}
      onPress={() => showBest(best)}
    >
      {STRINGS.clips.best}
    </Button>
  );
}

/** Plays it, with its player in the middle. */
function showBest({ fromMs, toMs, seat }: Moment): void {
  clipRange.value = { fromMs, toMs };
  followed.value = seat;
  controls.peek()?.seek(fromMs);
  if (!playhead.peek().isPlaying) controls.peek()?.toggle();
}
