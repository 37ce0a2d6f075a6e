/** The room's panel, over the fight. Its chunk is loaded when it is first opened: most of a fight it is closed. */
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "#client/ui/Button.tsx";
import { PeopleIcon } from "#client/ui/icons.tsx";
import { STRINGS } from "#client/ui/strings.ts";
import { room, roomOpen } from "./roomModel.ts";

export function RoomPanel() {
  return roomOpen.value && room.value ? <LoadedPanel /> : null;
}

function LoadedPanel() {
  const [dialog, setDialog] = useState<{ Dialog: FunctionComponent }>();
  useEffect(() => {
    import("./RoomDialog.tsx").then(
      ({ RoomDialog }) => setDialog({ Dialog: RoomDialog }),
      // Without the network there is no room either: its banner says so.
      () => {
        roomOpen.value = false;
      },
    );
  }, []);
  return dialog ? <dialog.Dialog /> : null;
}

/** By the dialog itself, which gives the focus back; roomOpen follows. */
export function closeRoom(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog#room");
  if (dialog) dialog.close();
  else roomOpen.value = false;
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
