/** When the page cannot hear releases: whatever is held must then count as released, or it stays held for ever. */
export function onLostReleases(letGo: () => void, options: AddEventListenerOptions = {}): void {
  // A release over another window fires no event here.
  window.addEventListener("blur", letGo, options);
  document.addEventListener("visibilitychange", () => document.hidden && letGo(), options);
  // macOS fires no keyup for a key that is released while Cmd is down.
  const onKeyDown = ({ key }: KeyboardEvent) => key === "Meta" && letGo();
  window.addEventListener("keydown", onKeyDown, { ...options, capture: true });
}
