/** The settings: a modal dialog over whatever screen there is. A fight goes on underneath, with a drone that waits. */
import { useEffect, useRef } from "preact/hooks";
import { Button } from "#client/ui/Button.tsx";
import { CloseIcon, LeaveIcon } from "#client/ui/icons.tsx";
import { useIntents } from "#client/ui/intents.ts";
import { screen, settingsOpen } from "#client/ui/model.ts";
import { STRINGS } from "#client/ui/strings.ts";
import { ControlsTab, ControlsTold } from "./ControlsTab.tsx";
import { DisplayTab } from "./DisplayTab.tsx";
import { LanguageTab } from "./LanguageTab.tsx";
import { SoundTab } from "./SoundTab.tsx";
import { Tabs } from "./Tabs.tsx";

export function SettingsDialog() {
  return settingsOpen.value ? <OpenDialog /> : null;
}

/** By the dialog itself, which gives the focus back; settingsOpen follows. */
export function closeSettings(): void {
  document.querySelector<HTMLDialogElement>("dialog.settings")?.close();
}

function OpenDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  // The browser makes the page behind inert, and gives the focus back to where it was on close().
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>("[role=tab][aria-selected=true]")?.focus();
  }, []);
  const words = STRINGS.settings;
  return (
    <dialog
      ref={dialog}
      class="settings glass"
      aria-labelledby="settings-title"
      onKeyDown={keepFocusInside}
      onClose={() => {
        settingsOpen.value = false;
      }}
    >
      <header class="settings-head">
        <h1 id="settings-title" class="settings-title">
          {words.title}
        </h1>
        <Button look="icon" label={words.close} onPress={closeSettings}>
          <CloseIcon />
        </Button>
      </header>
      <Tabs
        label={words.title}
        tabs={[
          { id: "controls", name: words.tabs.controls, content: <ControlsTab /> },
          { id: "sound", name: words.tabs.sound, content: <SoundTab /> },
          { id: "display", name: words.tabs.display, content: <DisplayTab /> },
          { id: "language", name: words.tabs.language, content: <LanguageTab /> },
        ]}
      />
      <ControlsTold />
      <LeaveButton />
    </dialog>
  );
}

/** For who plays without a pointer: the button in the fight's corner is far away by keyboard. */
function LeaveButton() {
  const intents = useIntents();
  const { kind } = screen.value;
  if (kind !== "playing" && kind !== "dropped") return null;
  const leave = () => {
    closeSettings();
    intents.leave();
  };
  return (
    <footer class="settings-foot">
      <Button look="plain" onPress={leave}>
        <LeaveIcon />
        {STRINGS.leave}
      </Button>
    </footer>
  );
}

const FOCUSABLE = "button, input";

/** A modal dialog keeps the focus from the page, but Tab would still go out to the browser's own bars. */
function keepFocusInside(event: KeyboardEvent & { currentTarget: HTMLDialogElement }): void {
  if (event.key !== "Tab") return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element.tabIndex >= 0 && element.getClientRects().length > 0,
  );
  const [first, last] = [all[0], all.at(-1)];
  const [from, to] = event.shiftKey ? [first, last] : [last, first];
  if (event.target !== from) return;
  event.preventDefault();
  to?.focus();
}
