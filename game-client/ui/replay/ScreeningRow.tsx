/** Over the controls of a replay that the room watches: who has them, and the ways to the room. */
import { ChatButton } from "#client/ui/chat/Chat.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { LeaveIcon } from "#client/ui/kit/icons.tsx";
import { PeopleIcon } from "#client/ui/kit/peopleIcons.tsx";
import { Sentence } from "#client/ui/kit/Sentence.tsx";
import { RoomButton } from "#client/ui/room/RoomPanel.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { controllerText, mayControl } from "./screeningModel.ts";

export function ScreeningRow() {
  const intents = useIntents();
  return (
    <div class="screening">
      <p class="screening-line" role="status">
        <PeopleIcon />
        <Sentence text={controllerText()} />
      </p>
      {mayControl.value && (
        <Button look="plain" onPress={() => void intents.host({ do: "screenEnd" })}>
          {STRINGS.together.end}
        </Button>
      )}
      <div class="replay-group screening-room">
        <RoomButton />
        <ChatButton />
        <Button look="icon" label={STRINGS.leave} onPress={() => intents.leave()}>
          <LeaveIcon />
        </Button>
      </div>
    </div>
  );
}
