/** Closes the room's panel, or cancels its opening while its code is still loading. */
import { roomOpen } from "./roomModel.ts";

/** Closes through the dialog element, which returns the focus to where it was; its close event resets `roomOpen`. */
export function closeRoom(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog#room");
  if (dialog) dialog.close();
  else roomOpen.value = false;
}
