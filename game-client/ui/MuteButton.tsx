/** Sound on and off. */
import { Button } from "./Button.tsx";
import { SoundIcon } from "./icons.tsx";
import { useIntents } from "./intents.ts";
import { muted } from "./model.ts";
import { STRINGS } from "./strings.ts";

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
