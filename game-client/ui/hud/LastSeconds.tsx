/** Makes a clip of the last seconds: a button for thumbs; a keyboard and a gamepad have a key for it. */
import { Button } from "#client/ui/kit/Button.tsx";
import { ScissorsIcon } from "#client/ui/kit/icons.tsx";
import { makeClip } from "#client/ui/state/clips.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

export function LastSeconds() {
  const intents = useIntents();
  return (
    <span class="hud-last-seconds">
      <Button look="icon" label={STRINGS.settings.actions.clip} onPress={() => void makeClip(intents.clip)}>
        <ScissorsIcon />
      </Button>
    </span>
  );
}
