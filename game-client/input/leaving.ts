/** Keeps a slip of the hand from leaving a fight: the mouse's side buttons, and Ctrl+W with the W that steers. */
import { actionOfCode, codeOfMouse } from "#client/settings/bindings.ts";
import { settings } from "#client/settings/settings.ts";

export function guardLeaving(isFight: () => boolean): void {
  const keepSideButton = (event: MouseEvent) => {
    const isSide = event.button === 3 || event.button === 4;
    const isBound = () =>
      actionOfCode(settings.bindings.value, "keys", codeOfMouse(event.button)) !== undefined;
    if (isSide && (isFight() || isBound())) event.preventDefault();
  };
  // Browsers go back on different ones of these. After a prevented pointerdown they fire none, and go back.
  for (const type of ["mousedown", "mouseup", "auxclick"] as const)
    window.addEventListener(type, keepSideButton, { capture: true });

  // The page hears of Ctrl, and not of the W that closes it.
  let isShortcut = false;
  const follow = (event: KeyboardEvent | PointerEvent) => {
    isShortcut = event.ctrlKey || event.metaKey;
  };
  for (const type of ["keydown", "keyup", "pointermove"] as const)
    window.addEventListener(type, follow, { capture: true });
  window.addEventListener("beforeunload", (event) => {
    if (isShortcut && isFight()) event.preventDefault();
  });
}
