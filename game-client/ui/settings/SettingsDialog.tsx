/** The settings: a modal dialog over whatever screen there is. A fight goes on underneath, with a drone that waits. */
import { Button } from "#client/ui/kit/Button.tsx";
import { CloseIcon, LeaveIcon } from "#client/ui/kit/icons.tsx";
import { keepFocusInside, useModal } from "#client/ui/kit/modal.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import { screen, settingsOpen } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { ControlsTab, ControlsTold } from "./ControlsTab.tsx";
import { DisplayTab } from "./DisplayTab.tsx";
import { LanguageTab } from "./LanguageTab.tsx";
import { closeSettings } from "./Settings.tsx";
import { SoundTab } from "./SoundTab.tsx";
import { Tabs } from "./Tabs.tsx";

export function SettingsDialog() {
  const dialog = useModal("[role=tab][aria-selected=true]");
  const words = STRINGS.settings;
  return (
    <dialog
      ref={dialog}
      id="settings"
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
