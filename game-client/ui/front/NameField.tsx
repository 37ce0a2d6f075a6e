/** Who are you: the one field that every way into a room begins with. What is typed on one screen stands on the next. */
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { callSign, firstVisible, recallName, rememberName } from "#client/ui/state/rememberedName.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { NAME_MAX_CHARS } from "#shared/config.ts";
import { cleanPlayerName } from "#shared/protocol/playerName.ts";

const typed = signal(recallName());
let suggestion: string | undefined;

/** For who types none. */
const suggestedName = (): string => {
  suggestion ??= callSign();
  return suggestion;
};

/** As typed or suggested, remembered for the next visit. */
export function chooseName(): string {
  const chosen = typed.value.trim() ? cleanPlayerName(typed.value) : suggestedName();
  rememberName(chosen);
  typed.value = firstVisible(chosen, NAME_MAX_CHARS);
  return chosen;
}

export function NameField({ focus = false }: { focus?: boolean }) {
  const field = useFocusOnArrival(focus);
  return (
    <label class="name-field">
      <span class="name-label">{STRINGS.nameLabel}</span>
      <input
        ref={field}
        name="name"
        value={typed.value}
        placeholder={suggestedName()}
        autocomplete="nickname"
        autocapitalize="words"
        spellcheck={false}
        enterkeyhint="go"
        onInput={(event) => {
          typed.value = shorten(event);
        }}
        onCompositionEnd={(event) => {
          typed.value = shorten(event);
        }}
      />
    </label>
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
export function useFocusOnArrival(wanted: boolean) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!wanted || !window.matchMedia("(hover: hover) and (pointer: fine)").matches) return;
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, [wanted]);
  return field;
}
