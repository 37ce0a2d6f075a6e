/** The settings dialog as a lazily loaded chunk. */
import { lazily } from "#client/ui/kit/lazily.tsx";
import { settingsOpen } from "#client/ui/state/model.ts";

const Dialog = lazily(async () => (await import("./SettingsDialog.tsx")).SettingsDialog, {
  waiting: () => null,
  failed: cancelOpening,
});

export function Settings() {
  return settingsOpen.value ? <Dialog /> : null;
}

/** Closes through the dialog element, which returns the focus to where it was; its close event resets `settingsOpen`. */
export function closeSettings(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog#settings");
  if (dialog) dialog.close();
  else cancelOpening();
}

function cancelOpening(): void {
  settingsOpen.value = false;
}
