/** The controls of a replay: its timeline, and below it play, steps, speed, whom to follow, and what is needed more rarely. */
import { useEffect, useRef } from "preact/hooks";
import { deviceInUse } from "#client/deviceInUse.ts";
import { RATES, type Rate } from "#client/replay/playhead.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { BackIcon, CopyIcon, MoreIcon, PauseIcon, PlayIcon, PodiumIcon } from "#client/ui/kit/icons.tsx";
import { PageLink } from "#client/ui/kit/PageLink.tsx";
import { Select } from "#client/ui/kit/Select.tsx";
import { coveredPx, followed } from "#client/ui/room/watchModel.ts";
import { MuteButton } from "#client/ui/settings/MuteButton.tsx";
import { SettingsButton } from "#client/ui/settings/SettingsButton.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { scoresHeld } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import { ClipButton, ClipPanel } from "./ClipPanel.tsx";
import { timeOf, titleOf } from "./moments.ts";
import { acts, moreOpen } from "./replayActs.ts";
import { HELP } from "./replayHelp.ts";
import { FullScreenIcon, HideIcon, SkipIcon, StepIcon } from "./replayIcons.tsx";
import { controls, playhead } from "./replayModel.ts";
import { ScreeningRow } from "./ScreeningRow.tsx";
import { isScreened, mayControl } from "./screeningModel.ts";
import { Timeline } from "./Timeline.tsx";
import { WatchTogether } from "./WatchTogether.tsx";

export function ReplayBar({ of }: { of: ReplayInfo }) {
  const words = STRINGS.replay;
  const bar = useRef<HTMLElement>(null);
  useEffect(() => tellHeight(bar.current), []);
  return (
    <section ref={bar} class="replay-bar glass" aria-label={words.controls}>
      {moreOpen.value && <More of={of} />}
      {isScreened.value && <ScreeningRow />}
      <ClipPanel />
      <Timeline />
      <div class="replay-row">
        {!isScreened.value && <Leave />}
        <fieldset class="replay-group" disabled={!mayControl.value}>
          <Button look="icon" label={words.previousMark} onPress={() => acts.jump(-1)}>
            <SkipIcon to="back" />
          </Button>
          <Button look="icon" label={words.stepBack} onPress={() => acts.step(-1)}>
            <StepIcon to="back" />
          </Button>
          <PlayButton />
          <Button look="icon" label={words.stepOn} onPress={() => acts.step(1)}>
            <StepIcon to="on" />
          </Button>
          <Button look="icon" label={words.nextMark} onPress={() => acts.jump(1)}>
            <SkipIcon to="on" />
          </Button>
        </fieldset>
        <Time />
        <div class="replay-group replay-end">
          <fieldset class="replay-group" disabled={!mayControl.value}>
            <Speed />
          </fieldset>
          <FollowPicker of={of} />
          <Button
            look="icon"
            label={STRINGS.settings.actions.scores}
            pressed={scoresHeld.value}
            onPress={acts.toggleBoard}
          >
            <PodiumIcon />
          </Button>
          <ClipButton />
          <Button look="icon" label={words.copyLink} onPress={() => void acts.copyLink()}>
            <CopyIcon />
          </Button>
          <Button
            look="icon"
            label={words.more}
            expanded={moreOpen.value}
            onPress={() => {
              moreOpen.value = !moreOpen.value;
            }}
          >
            <MoreIcon />
          </Button>
        </div>
      </div>
    </section>
  );
}

/** The camera keeps whom it follows above the bar, and so do the parts of the display. Returns what ends it. */
function tellHeight(bar: HTMLElement | null): () => void {
  const observer = new ResizeObserver(() => {
    const view = getComputedStyle(document.documentElement);
    const px = (name: string) => Number.parseFloat(view.getPropertyValue(name)) || 0;
    const footPx = px("--view-top") + px("--view-height");
    // A phone held upright has it below the view.
    cover(bar ? Math.max(0, footPx - bar.getBoundingClientRect().top) : 0);
  });
  if (bar) observer.observe(bar);
  return () => {
    observer.disconnect();
    cover(0);
  };
}

function cover(px: number): void {
  coveredPx.value = px;
  document.documentElement.style.setProperty("--covered", `${px}px`);
}

function Leave() {
  const intents = useIntents();
  return (
    <span data-back>
      <Button look="icon" label={STRINGS.progress.goBack} onPress={() => intents.back()}>
        <BackIcon />
      </Button>
    </span>
  );
}

function PlayButton() {
  const { isPlaying } = playhead.value;
  return (
    <span class="replay-play">
      <Button
        look="icon"
        label={isPlaying ? STRINGS.replay.pause : STRINGS.replay.play}
        onPress={acts.toggle}
      >
        {isPlaying ? <PauseIcon /> : <PlayIcon />}
      </Button>
    </span>
  );
}

/** Shows tenths while the replay stands still, for steps of one frame. */
function Time() {
  const { atMs, lengthMs, isPlaying } = playhead.value;
  const tenths = isPlaying ? "" : `.${Math.floor((atMs % 1000) / 100)}`;
  return (
    <p class="replay-time figures" aria-hidden="true">
      {timeOf(atMs)}
      <span class="replay-tenths">{tenths}</span>
      <span class="replay-length"> / {timeOf(lengthMs)}</span>
    </p>
  );
}

function Speed() {
  const words = STRINGS.replay;
  return (
    <Select
      name={words.speed}
      value={String(playhead.value.rate)}
      options={RATES.map((rate) => ({ value: String(rate), text: `${rate}×` }))}
      set={(rate) => controls.value?.setRate(Number(rate) as Rate)}
    />
  );
}

/** Lists people first, then bots, each by name. */
function FollowPicker({ of }: { of: ReplayInfo }) {
  const people = of.people.toSorted(
    (a, b) => Number(a.isBot) - Number(b.isBot) || a.name.localeCompare(b.name),
  );
  return (
    <span class="replay-follow" translate={false}>
      <Select
        name={STRINGS.replay.follow}
        value={followed.value}
        options={[
          { value: "", text: STRINGS.watch.free },
          ...people.map(({ seat, name }) => ({ value: seat, text: name })),
        ]}
        set={(seat) => {
          followed.value = seat;
        }}
      />
    </span>
  );
}

function More({ of }: { of: ReplayInfo }) {
  const words = STRINGS.replay;
  return (
    <div class="replay-more glass">
      <header class="replay-more-head">
        <strong translate={false}>{titleOf(of)}</strong>
        <PageLink to={{ kind: "match", id: of.head.match }} isOutside={isScreened.value}>
          {STRINGS.progress.openMatch}
        </PageLink>
      </header>
      <div class="replay-group">
        {document.fullscreenEnabled && (
          <Button look="quiet" onPress={() => void acts.toggleFullScreen()}>
            <FullScreenIcon />
            {words.fullScreen}
          </Button>
        )}
        <Button look="quiet" onPress={acts.toggleBare}>
          <HideIcon />
          {words.hide}
        </Button>
        {!isScreened.value && <WatchTogether of={of} />}
        <SettingsButton />
        <MuteButton />
      </div>
      <Help />
    </div>
  );
}

function Help() {
  return (
    <dl class="replay-help">
      {HELP[deviceInUse.value]().map(({ keys, text }) => (
        <div key={text} class="replay-help-line">
          <dt>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
