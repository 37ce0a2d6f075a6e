/** Opens the settings, from the title and during a fight. */
import { Button } from "#client/ui/kit/Button.tsx";
import { GearIcon } from "#client/ui/kit/icons.tsx";
import { settingsOpen } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

export function SettingsButton() {
  return (
    <Button
      look="icon"
      label={STRINGS.settings.open}
      onPress={() => {
        settingsOpen.value = true;
      }}
    >
      <GearIcon />
    </Button>
  );
}
