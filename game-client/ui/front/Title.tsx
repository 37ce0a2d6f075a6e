/** The first screen: a name and Play, or one of the other ways into a room. */
import type { JoinOutcome } from "#client/joinRequest.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { PlayIcon } from "#client/ui/kit/icons.tsx";
import { Wordmark } from "#client/ui/kit/Wordmark.tsx";
import { MuteButton } from "#client/ui/settings/MuteButton.tsx";
import { SettingsButton } from "#client/ui/settings/SettingsButton.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { rangeRequest } from "#client/ui/teach/range.ts";
import { ControlsHint } from "./ControlsHint.tsx";
import { chosenMode, ModeSelect } from "./ModeSelect.tsx";
import { chooseName, NameField } from "./NameField.tsx";
import { OutcomeNotice } from "./OutcomeNotice.tsx";
import { LeaderboardButton, ProgressChip, TodayLine } from "./ProgressChip.tsx";

export function Title({ outcome }: { outcome?: JoinOutcome | undefined }) {
  return (
    <div class="title">
      <div class="title-corner">
        <ProgressChip />
        <LeaderboardButton />
        <SettingsButton />
        <MuteButton />
      </div>
      <div class="title-stack">
        <header>
          <Wordmark />
          <p class="tagline">{STRINGS.tagline}</p>
          <p class="pitch">{STRINGS.pitch}</p>
        </header>
        <div class="title-act">
          {outcome && <OutcomeNotice outcome={outcome} />}
          <QuickPlay />
          <OtherWays />
          <TodayLine />
        </div>
        <ControlsHint />
      </div>
    </div>
  );
}

function QuickPlay() {
  const intents = useIntents();
  const play = (event: Event): void => {
    event.preventDefault();
    intents.enter(chooseName(), { kind: "quick", mode: chosenMode() });
  };
  return (
    <form class="name-form" onSubmit={play}>
      <NameField focus />
      <Button look="primary">
        {STRINGS.play}
        <PlayIcon />
      </Button>
    </form>
  );
}

function OtherWays() {
  const intents = useIntents();
  const words = STRINGS.front;
  return (
    <div class="title-ways">
      <ModeSelect />
      <Button look="quiet" onPress={() => intents.open({ kind: "host" })}>
        {words.host}
      </Button>
      <Button look="quiet" onPress={() => intents.open({ kind: "browse" })}>
        {words.browse}
      </Button>
      <Button look="quiet" onPress={() => intents.open({ kind: "live" })}>
        {STRINGS.live.open}
      </Button>
      <Button look="quiet" onPress={() => intents.open({ kind: "code" })}>
        {words.byCode}
      </Button>
      <Button look="quiet" onPress={() => intents.enter(chooseName(), rangeRequest())}>
        {STRINGS.teach.range.open}
      </Button>
      <Button look="quiet" onPress={() => intents.open({ kind: "arenas" })}>
        {STRINGS.gallery.title}
      </Button>
      <Button look="quiet" onPress={() => intents.open({ kind: "weapons" })}>
        {STRINGS.teach.page.title}
      </Button>
    </div>
  );
}
