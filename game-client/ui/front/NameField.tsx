/** The player's name, a field of every screen that leads into a room. All screens share what the player types. */
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { me } from "#client/ui/state/progress.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { NAME_MAX_CHARS } from "#shared/config.ts";
import { cleanPlayerName } from "#shared/protocol/playerName.ts";
import { callSign, firstVisible, recallName, rememberName } from "./rememberedName.ts";

const typed = signal(recallName());
let suggestion: string | undefined;

const suggestedName = (): string => {
  suggestion ??= callSign();
  return suggestion;
};

/** The account's name, else the typed one, else the suggested one. What is typed is remembered for the next visit. */
export function chooseName(): string {
  const account = accountName();
  if (account !== undefined) return account;
  const chosen = typed.value.trim() ? cleanPlayerName(typed.value) : suggestedName();
  rememberName(chosen);
  typed.value = firstVisible(chosen, NAME_MAX_CHARS);
  return chosen;
}

/** An account plays under its own name. */
const accountName = () => me.value?.name ?? undefined;

export function NameField({ focus = false }: { focus?: boolean }) {
  const account = accountName();
  return account === undefined ? <GuestName focus={focus} /> : <AccountName name={account} />;
}

function AccountName({ name }: { name: string }) {
  return (
    <label class="name-field">
      <span class="name-label">{STRINGS.account.playAs}</span>
      <input name="name" value={name} readOnly translate={false} />
    </label>
  );
}

function GuestName({ focus }: { focus: boolean }) {
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
        translate={false}
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

/** Shortens the text in the field itself, but not while an input method is composing. */
function shorten(event: Event & { currentTarget: HTMLInputElement }): string {
  const field = event.currentTarget;
  const isComposing = event instanceof InputEvent && event.isComposing;
  const short = isComposing ? field.value : firstVisible(field.value, NAME_MAX_CHARS);
  // Assigning an equal value would move the caret to the end in some browsers.
  if (short !== field.value) field.value = short;
  return short;
}

/** Focuses the field if the device has a mouse: on a phone the focus would bring up the keyboard over the page. */
export function useFocusOnArrival(wanted: boolean) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!wanted || !window.matchMedia("(hover: hover) and (pointer: fine)").matches) return;
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, [wanted]);
  return field;
}
