/** Opens and closes the settings. */
import { lazily } from "#client/ui/kit/lazily.tsx";
import { settingsOpen } from "#client/ui/state/model.ts";

const Dialog = lazily(async () => (await import("./SettingsDialog.tsx")).SettingsDialog, {
  waiting: () => null,
  failed: forgetSettings,
});

export function Settings() {
  return settingsOpen.value ? <Dialog /> : null;
}

/** By the dialog itself, which gives the focus back; settingsOpen follows. */
export function closeSettings(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog#settings");
  if (dialog) dialog.close();
  else forgetSettings();
}

function forgetSettings(): void {
  settingsOpen.value = false;
}
