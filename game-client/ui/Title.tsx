/** The first screen: who are you, and go; or in another way. */
import type { Told } from "#client/way.ts";
import { Button } from "./Button.tsx";
import { ControlsHint } from "./ControlsHint.tsx";
import { chosenMode, ModeSelect } from "./front/ModeSelect.tsx";
import { TellTold } from "./front/TellTold.tsx";
import { PlayIcon } from "./icons.tsx";
import { useIntents } from "./intents.ts";
import { MuteButton } from "./MuteButton.tsx";
import { chooseName, NameField } from "./NameField.tsx";
import { SettingsButton } from "./SettingsButton.tsx";
import { STRINGS } from "./strings.ts";
import { Wordmark } from "./Wordmark.tsx";

export function Title({ told }: { told?: Told | undefined }) {
  return (
    <div class="title">
      <div class="title-corner">
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
          {told && <TellTold told={told} />}
          <QuickPlay />
          <OtherWays />
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
      <Button look="quiet" onPress={() => intents.open({ kind: "code" })}>
        {words.byCode}
      </Button>
    </div>
  );
}
