/** Shows the page in full screen and across, where the browser can: phones that lie still do not turn their picture. */

/** Orientation locks are missing in Safari, and in TypeScript's types of the DOM. */
type LockableOrientation = ScreenOrientation & { lock?(orientation: "landscape"): Promise<void> };

const orientation = (): LockableOrientation | undefined => screen.orientation;

export const canTurnByItself = (): boolean =>
  document.fullscreenEnabled === true && typeof orientation()?.lock === "function";

/** Call from a press. A browser or system that refuses leaves the page as it is. */
export async function turnByItself(): Promise<void> {
  try {
    await document.documentElement.requestFullscreen({ navigationUI: "hide" });
    await orientation()?.lock?.("landscape");
  } catch {
    // The player can still turn the phone by hand.
  }
}
