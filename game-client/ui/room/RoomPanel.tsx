/** The room's panel as a lazily loaded chunk, and the button that opens it. */
import { Button } from "#client/ui/kit/Button.tsx";
import { lazily } from "#client/ui/kit/lazily.tsx";
import { PeopleIcon } from "#client/ui/kit/peopleIcons.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { closeRoom } from "./closeRoom.ts";
import { room, roomOpen } from "./roomModel.ts";

const Dialog = lazily(async () => (await import("./RoomDialog.tsx")).RoomDialog, {
  waiting: () => null,
  failed: closeRoom,
});

export function RoomPanel() {
  return roomOpen.value && room.value ? <Dialog /> : null;
}

export function RoomButton() {
  if (!room.value) return null;
  return (
    <Button
      look="icon"
      label={STRINGS.room.open}
      onPress={() => {
        roomOpen.value = true;
      }}
    >
      <PeopleIcon />
    </Button>
  );
}
