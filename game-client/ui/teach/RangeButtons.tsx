/** The range's buttons: they start the match, which no host waits for, and lead back to the title. */
import { useEffect } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { BackIcon } from "#client/ui/kit/icons.tsx";
import { mayHost, room } from "#client/ui/room/roomModel.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

export function RangeButtons() {
  const intents = useIntents();
  const isHeld = mayHost.value && (room.value?.held ?? false);
  useEffect(() => {
    // A room that refuses is asked again when it next waits.
    if (isHeld) void intents.host({ do: "start" });
  }, [isHeld, intents]);
  return (
    <div class="range-buttons">
      <Button look="plain" onPress={() => intents.leave()}>
        <BackIcon />
        {STRINGS.front.back}
      </Button>
    </div>
  );
}
