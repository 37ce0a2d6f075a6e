/** Shows what comes after the results: the vote by pictures, or what the room plays next and when; and the ways on. */
import { useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { mapTitle } from "#client/ui/kit/mapTitle.ts";
import { called, Sentence } from "#client/ui/kit/Sentence.tsx";
import { answerText } from "#client/ui/room/requestOutcome.ts";
import { host, mayHost, room, roomOpen } from "#client/ui/room/roomModel.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import { type MatchView, match, scoresHeld } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { NextVote, Tile } from "./NextVote.tsx";

export function NextStep({ of }: { of: MatchView }) {
  return (
    <footer class="results-next">
      {of.candidates.length > 0 ? <NextVote of={of} /> : <NextMatch of={of} />}
      <WaysOn />
    </footer>
  );
}

/** A room without a vote plays what its settings or its host decide. */
function NextMatch({ of }: { of: MatchView }) {
  const now = room.value;
  if (!now) return null;
  const { mode, map } = now.settings;
  return (
    <section class="next-match" aria-label={STRINGS.results.next}>
      <Tile map={map} mode={mode} />
      <p class="next-text">
        <Sentence text={now.held ? heldText() : nextText(of, now.settings)} />
      </p>
    </section>
  );
}

function heldText(): string {
  const words = STRINGS.results;
  if (mayHost.value) return words.youStart;
  const name = host.value?.name;
  return name ? words.hostStarts(called(name)) : words.someHostStarts;
}

function nextText(of: MatchView, { mode, map }: Pick<MatchView, "mode" | "map">): string {
  const words = STRINGS.results;
  const seconds = STRINGS.seconds(Math.max(0, of.secondsLeft));
  const isSame = mode === of.mode && map === of.map;
  return isSame
    ? words.sameAgain(seconds)
    : words.nextIs(STRINGS.modes[mode], called(mapTitle(map)), seconds);
}

/** The buttons; there is always one. */
function WaysOn() {
  const intents = useIntents();
  const { start, notice } = useStart();
  const words = STRINGS.results;
  return (
    <div class="ways-on">
      {mayHost.value && match.value?.candidates.length === 0 && (
        <Button look="primary" onPress={start}>
          {words.startNow}
        </Button>
      )}
      <Button look="plain" onPress={showScoreboard}>
        {STRINGS.settings.actions.scores}
      </Button>
      {room.value?.hosted && (
        <Button look="plain" onPress={showInvitation}>
          {STRINGS.room.invite.title}
        </Button>
      )}
      <Button look="plain" onPress={() => intents.leave()}>
        {STRINGS.leave}
      </Button>
      <p class={notice ? "next-notice" : "visually-hidden"} role="status">
        {notice}
      </p>
    </div>
  );
}

function showScoreboard(): void {
  scoresHeld.value = true;
}

/** The panel's first tab has the room's link. */
function showInvitation(): void {
  roomOpen.value = true;
}

/** A match that the host has ended waits for "start"; else "restart" skips the rest of the results. */
function useStart() {
  const intents = useIntents();
  const [notice, setNotice] = useState("");
  const request = async () => {
    const outcome = await intents.host({ do: room.value?.held ? "start" : "restart" });
    setNotice(outcome.ok ? "" : answerText(outcome));
  };
  return { start: () => void request(), notice };
}
