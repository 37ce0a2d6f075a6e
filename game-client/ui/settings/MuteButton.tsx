/** Turns all sound on and off. */
import { Button } from "#client/ui/kit/Button.tsx";
import { SoundIcon } from "#client/ui/kit/icons.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { muted } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

export function MuteButton() {
  const intents = useIntents();
  const isMuted = muted.value;
  return (
    <Button
      look="icon"
      label={isMuted ? STRINGS.muteOff : STRINGS.muteOn}
      onPress={() => intents.setMuted(!isMuted)}
    >
      <SoundIcon muted={isMuted} />
    </Button>
  );
}
