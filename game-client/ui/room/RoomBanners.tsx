/** Banners over the arena while a room's match waits for its host, or is paused. */
import { useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { PauseIcon, PlayIcon } from "#client/ui/kit/icons.tsx";
import { called, Sentence, unmarked } from "#client/ui/kit/Sentence.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { match } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { isOnRange } from "#client/ui/teach/range.ts";
import { Invite } from "./Invite.tsx";
import { answerText } from "./requestOutcome.ts";
import { host, mayHost, pausedBy, room, roomOpen } from "./roomModel.ts";

/** Shown before the match: the host's buttons to start and invite; for others, whom the room waits for. */
export function HeldBanner() {
  if (isOnRange.value || !room.value?.held || roomOpen.value || match.value?.phase === "results") return null;
  return (
    <div class="over-view">
      <section
        class={mayHost.value ? "room-banner room-banner-host glass" : "room-banner glass"}
        aria-label={STRINGS.match.phases.waiting}
      >
        {mayHost.value ? <Hosting /> : <Waiting />}
      </section>
    </div>
  );
}

function Waiting() {
  const words = STRINGS.room.held;
  const name = host.value?.name;
  return (
    <>
      <h2 class="banner-title">
        <Sentence text={name ? words.waitTitle(called(name)) : words.waitNobody} />
      </h2>
      <p>{words.waitBody}</p>
    </>
  );
}

function Hosting() {
  const words = STRINGS.room.held;
  const { start, notice, setNotice } = useStart();
  return (
    <>
      <h2 class="banner-title">{words.hostTitle}</h2>
      <p>{words.hostBody}</p>
      <Invite notify={setNotice} />
      <Button look="primary" onPress={start}>
        <PlayIcon />
        {STRINGS.hostActions.start}
      </Button>
      <Notice text={notice} />
    </>
  );
}

export function PausedBanner() {
  const { start, notice } = useStart();
  if (!room.value?.paused || roomOpen.value) return null;
  const words = STRINGS.room.paused;
  const title = pausedBy.value ? words.by(called(pausedBy.value)) : words.title;
  return (
    <div class="over-view">
      <section class="room-banner glass" aria-label={unmarked(title)}>
        <h2 class="banner-title">
          <PauseIcon />
          <Sentence text={title} />
        </h2>
        <p>{words.body}</p>
        {mayHost.value && (
          <Button look="primary" onPress={start}>
            <PlayIcon />
            {STRINGS.hostActions.resume}
          </Button>
        )}
        <Notice text={notice} />
      </section>
    </div>
  );
}

/** Starts or resumes the match; `notice` says why the room refused. */
function useStart() {
  const intents = useIntents();
  const [notice, setNotice] = useState("");
  const request = async () => {
    const outcome = await intents.host({ do: "start" });
    setNotice(outcome.ok ? "" : answerText(outcome));
  };
  return { start: () => void request(), notice, setNotice };
}

function Notice({ text }: { text: string }) {
  return (
    <p class={text ? "room-banner-notice" : "visually-hidden"} role="status">
      <Sentence text={text} />
    </p>
  );
}
