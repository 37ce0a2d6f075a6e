/** Opens and closes the room's panel, over the fight. */
import { Button } from "#client/ui/Button.tsx";
import { PeopleIcon } from "#client/ui/icons.tsx";
import { Lazily } from "#client/ui/Lazily.tsx";
import { STRINGS } from "#client/ui/strings.ts";
import { room, roomOpen } from "./roomModel.ts";

const loadDialog = async () => (await import("./RoomDialog.tsx")).RoomDialog;

export function RoomPanel() {
  return roomOpen.value && room.value ? <Lazily load={loadDialog} onFailed={forgetRoom} /> : null;
}

/** By the dialog itself, which gives the focus back; roomOpen follows. */
export function closeRoom(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog#room");
  if (dialog) dialog.close();
  else forgetRoom();
}

/** Without the network there is no room either: its banner says so. */
function forgetRoom(): void {
  roomOpen.value = false;
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
