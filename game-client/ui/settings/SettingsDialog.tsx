/** The settings: a modal dialog over every screen. A fight goes on under it, and the player's drone stands still. */
import { deviceInUse } from "#client/deviceInUse.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { CloseIcon, LeaveIcon } from "#client/ui/kit/icons.tsx";
import { keepFocusInside, useModal } from "#client/ui/kit/modal.ts";
import { Tabs } from "#client/ui/kit/Tabs.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { screen, settingsOpen } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { BindingNotice, ControlsTab } from "./ControlsTab.tsx";
import { DisplayTab } from "./DisplayTab.tsx";
import { LanguageTab } from "./LanguageTab.tsx";
import { PlayTab } from "./PlayTab.tsx";
import { SoundTab } from "./SoundTab.tsx";
import "./settings.css";

export function SettingsDialog() {
  const dialog = useModal("[role=tab][aria-selected=true]");
  const words = STRINGS.settings;
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      id="settings"
      class="dialog glass"
      aria-labelledby="settings-title"
      onKeyDown={keepFocusInside}
      onClose={() => {
        settingsOpen.value = false;
      }}
    >
      <header class="dialog-head">
        <h1 id="settings-title" class="dialog-title">
          {words.title}
        </h1>
        <Button look="icon" label={words.close} onPress={close}>
          <CloseIcon />
        </Button>
      </header>
      <Tabs
        label={words.title}
        // A phone has no keys to bind.
        start={deviceInUse.peek() === "touch" ? "play" : "controls"}
        tabs={[
          { id: "play", name: STRINGS.hands.tab, content: <PlayTab /> },
          { id: "controls", name: words.tabs.controls, content: <ControlsTab /> },
          { id: "sound", name: words.tabs.sound, content: <SoundTab /> },
          { id: "display", name: words.tabs.display, content: <DisplayTab /> },
          { id: "language", name: words.tabs.language, content: <LanguageTab /> },
        ]}
      />
      <BindingNotice />
      <LeaveButton close={close} />
    </dialog>
  );
}

/** For players without a pointer: the HUD's own button is many key presses away. */
function LeaveButton({ close }: { close(): void }) {
  const intents = useIntents();
  const { kind } = screen.value;
  if (kind !== "playing" && kind !== "dropped") return null;
  const leave = () => {
    close();
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
