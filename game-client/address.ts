/** The address bar names the room: a refresh, and a link that is shared, lead back into it. */
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { isRoomCode, readRoomCode } from "#shared/protocol/roomCode.ts";

const LINK = /^\/r\/([^/]*)/;

/** What stands after /r/, as a code where it is one; undefined on any other page. */
export function roomInAddress(): string | undefined {
  const typed = LINK.exec(location.pathname)?.[1];
  return typed === undefined ? undefined : (readRoomCode(typed) ?? typed);
}

/** None: the title's address. */
export function showRoomInAddress(code?: string): void {
  const path = code !== undefined && isRoomCode(code) ? pathTo(ROUTE.roomPage, { code }) : "/";
  if (location.pathname !== path) history.replaceState(null, "", path);
}
