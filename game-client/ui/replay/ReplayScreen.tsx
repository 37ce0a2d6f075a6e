/** Everything over the arena while a replay plays, or why it does not. */
import "./replay.css";
import "./screening.css";
import { WatchedFight } from "#client/ui/hud/lazyArena.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { Card } from "#client/ui/kit/Card.tsx";
import { EyeIcon } from "#client/ui/kit/peopleIcons.tsx";
import { ReloadButton } from "#client/ui/kit/ReloadButton.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import { titleOf } from "./moments.ts";
import { ReplayBar } from "./ReplayBar.tsx";
import { acts, isBare, notice } from "./replayActs.ts";
import { playhead, type ReplayView, replay } from "./replayModel.ts";

export function ReplayScreen() {
  const now = replay.value;
  if (now.is === "loading") return <Card title={STRINGS.replay.loading} waiting children={null} />;
  if (now.is === "goesOn") return <GoesOn />;
  if (now.is === "failed") return <Failed of={now} />;
  return <Open key={now.info.head.match} of={now.info} />;
}

function Open({ of }: { of: ReplayInfo }) {
  return (
    <>
      <h1 class="visually-hidden">{`${STRINGS.replay.title}: ${titleOf(of)}`}</h1>
      {isBare.value ? <ShowButton /> : <Shown of={of} />}
      <Notice />
    </>
  );
}

function Shown({ of }: { of: ReplayInfo }) {
  return (
    <>
      <WatchedFight />
      <div class="over-view replay-foot">
        {playhead.value.isLoading && <p class="replay-wait glass">{STRINGS.front.loading}</p>}
        <ReplayBar of={of} />
      </div>
    </>
  );
}

function ShowButton() {
  return (
    <div class="replay-show">
      <Button look="icon" label={STRINGS.replay.show} onPress={acts.toggleBare}>
        <EyeIcon />
      </Button>
    </div>
  );
}

/** The live region exists before its text: screen readers announce changes only of a region that they know. */
function Notice() {
  const { text, isShown } = notice.value;
  const isVisible = isShown && !isBare.value;
  return (
    <p key="notice" class={isVisible ? "replay-notice glass" : "visually-hidden"} role="status">
      {text}
    </p>
  );
}

function Failed({ of }: { of: Extract<ReplayView, { is: "failed" }> }) {
  const intents = useIntents();
  const words = STRINGS.replay;
  const { title, body } = words.failed[of.why];
  // The replay opens again where it was, if it has played.
  const atMs = playhead.peek().atMs || of.link.atMs;
  return (
    <Card title={title}>
      <p role="alert">{body}</p>
      {of.why === "newer" && <ReloadButton autoFocus />}
      {of.why === "lost" && (
        <Button
          look="plain"
          autoFocus
          onPress={() => intents.open({ kind: "replay", link: { ...of.link, atMs } })}
        >
          {STRINGS.progress.again}
        </Button>
      )}
      <span data-back>
        <Button
          look="plain"
          autoFocus={of.why !== "lost" && of.why !== "newer"}
          onPress={() => intents.back()}
        >
          {STRINGS.progress.goBack}
        </Button>
      </span>
    </Card>
  );
}

function GoesOn() {
  const intents = useIntents();
  return (
    <Card title={STRINGS.replay.title} waiting>
      <p role="status">{STRINGS.clips.goesOn}</p>
      <span data-back>
        <Button look="plain" autoFocus onPress={() => intents.back()}>
          {STRINGS.progress.goBack}
        </Button>
      </span>
    </Card>
  );
}
