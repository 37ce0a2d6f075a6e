/** The gear that opens the settings, from the title and in the fight. */
import { Button } from "./Button.tsx";
import { GearIcon } from "./icons.tsx";
import { settingsOpen } from "./model.ts";
import { STRINGS } from "./strings.ts";

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
