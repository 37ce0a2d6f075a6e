/** The address bar names the room or the page, so that a refresh, a shared link or the browser's Back leads there. */
import { effect } from "@preact/signals";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { isRoomCode } from "#shared/protocol/roomCode.ts";
import { replayAddress } from "#shared/replay/link.ts";
import { editorPath, isReadPage, pathOf, roomAt, screenAt } from "./pagePaths.ts";
import { tabTitle } from "./tabTitle.ts";
import { type FrontScreen, home, type Screen, screen } from "./ui/state/model.ts";

/** The text after /r/, normalised if it is a room code; undefined on any other page. */
export const roomInAddress = (): string | undefined => roomAt(location.pathname);

/** The page that the address names. Removes a code or ticket from the address bar: it is a secret that works once. */
export function takeScreenFromAddress(): FrontScreen | undefined {
  const found = screenAt(location);
  if (found?.kind === "account") history.replaceState(null, "", "/");
  return found;
}

/** The room that the address last named. */
let shownRoom: string | undefined;

/** Without a code, shows the title's address. */
export function showRoomInAddress(code?: string): void {
  shownRoom = code;
  show(code !== undefined && isRoomCode(code) ? pathTo(ROUTE.roomPage, { code }) : "/");
}

/** Marks an entry of the history that was opened from another one of this page. */
const INSIDE = "inside";

/** Adds a history entry for each page with an address of its own, so that the browser's Back leads to the screen before. */
function show(path: string, isRead = false): void {
  if (path === location.pathname || path === location.pathname + location.search) return;
  if (isRead || screenAt(location)) history.pushState(INSIDE, "", path);
  else history.replaceState(history.state, "", path);
}

export function goBack(): void {
  if (history.state === INSIDE) history.back();
  else screen.value = { kind: "title" };
}

/** Keeps the address in step with the front screens. While joining or unreachable it stays, for a refresh. */
export function followScreenInAddress(): void {
  effect(() => showInAddress(screen.value));
  effect(() => {
    document.title = tabTitle(screen.value);
  });
  addEventListener("popstate", () => {
    const edited = home.peek();
    if (isFront(screen.peek())) screen.value = takeScreenFromAddress() ?? roomOrTitle();
    // Back must not end a fight.
    else if (edited) showInAddress(edited);
    else showRoomInAddress(shownRoom);
  });
}

function showInAddress(now: Screen): void {
  if (now.kind === "gate") showRoomInAddress(now.code);
  else if (now.kind === "replay") show(replayAddress(now.link), true);
  else if (now.kind === "editor") show(editorPath(now), true);
  else if (isReadPage(now)) show(pathOf(now), true);
  else if (isFront(now)) showRoomInAddress();
}

const isFront = (now: Screen): now is FrontScreen =>
  ["title", "host", "browse", "code", "gate", "account", "replay", "editor"].includes(now.kind) ||
  isReadPage(now);

function roomOrTitle(): FrontScreen {
  const code = roomInAddress();
  return code === undefined ? { kind: "title" } : { kind: "gate", code };
}
