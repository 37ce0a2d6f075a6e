/** Opens and closes the settings. */
import { Lazily } from "#client/ui/Lazily.tsx";
import { settingsOpen } from "#client/ui/model.ts";

const loadDialog = async () => (await import("./SettingsDialog.tsx")).SettingsDialog;

export function Settings() {
  return settingsOpen.value ? <Lazily load={loadDialog} onFailed={forgetSettings} /> : null;
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
