/** The first screen: who are you, and go. */
import { useEffect, useRef, useState } from "preact/hooks";
import { NAME_MAX_CHARS } from "#shared/config.ts";
import { cleanPlayerName } from "#shared/protocol/playerName.ts";
import { Button } from "./Button.tsx";
import { ControlsHint } from "./ControlsHint.tsx";
import { PlayIcon } from "./icons.tsx";
import { useIntents } from "./intents.ts";
import { MuteButton } from "./MuteButton.tsx";
import { callSign, firstVisible, recallName, rememberName } from "./rememberedName.ts";
import { SettingsButton } from "./SettingsButton.tsx";
import { STRINGS } from "./strings.ts";
import { Wordmark } from "./Wordmark.tsx";

export function Title({ notice }: { notice: string }) {
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
          {notice && <p class="notice">{notice}</p>}
          <NameForm />
        </div>
        <ControlsHint />
      </div>
    </div>
  );
}

function NameForm() {
  const intents = useIntents();
  const [name, setName] = useState(recallName);
  const [suggestion] = useState(callSign);
  const field = useFocusOnArrival();

  const play = (event: Event): void => {
    event.preventDefault();
    const chosen = name.trim() ? cleanPlayerName(name) : suggestion;
    rememberName(chosen);
    intents.play(chosen);
  };
  return (
    <form class="name-form" onSubmit={play}>
      <label class="name-field">
        <span class="name-label">{STRINGS.nameLabel}</span>
        <input
          ref={field}
          name="name"
          value={name}
          placeholder={suggestion}
          autocomplete="nickname"
          autocapitalize="words"
          spellcheck={false}
          enterkeyhint="go"
          onInput={(event) => setName(shorten(event))}
          onCompositionEnd={(event) => setName(shorten(event))}
        />
      </label>
      <Button look="primary">
        {STRINGS.play}
        <PlayIcon />
      </Button>
    </form>
  );
}

/** Cuts in the field itself, but never under an input method that is still composing. */
function shorten(event: Event & { currentTarget: HTMLInputElement }): string {
  const field = event.currentTarget;
  const isComposing = event instanceof InputEvent && event.isComposing;
  const short = isComposing ? field.value : firstVisible(field.value, NAME_MAX_CHARS);
  // Assigning an equal value would move the caret to the end in some browsers.
  if (short !== field.value) field.value = short;
  return short;
}

/** Only where there is a mouse: on a phone the focus would bring up the keyboard over the page. */
function useFocusOnArrival() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!window.matchMedia("(hover: hover) and (pointer: fine)").matches) return;
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, []);
  return field;
}
