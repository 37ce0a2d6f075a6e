/** Closes the room's panel, also one whose code never came. */
import { roomOpen } from "./roomModel.ts";

/** By the dialog itself, which gives the focus back; roomOpen follows. */
export function closeRoom(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog#room");
  if (dialog) dialog.close();
  else roomOpen.value = false;
}
