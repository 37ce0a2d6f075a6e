/** The address bar names the room, so that a refresh or a shared link leads back into it. */
import { effect } from "@preact/signals";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { isRoomCode, readRoomCode } from "#shared/protocol/roomCode.ts";
import { screen } from "./ui/state/model.ts";

const LINK = /^\/r\/([^/]*)/;

/** The text after /r/, normalised if it is a room code; undefined on any other page. */
export function roomInAddress(): string | undefined {
  const typed = LINK.exec(location.pathname)?.[1];
  return typed === undefined ? undefined : (readRoomCode(decoded(typed)) ?? typed);
}

/** Browsers encode what a message put behind the link, such as a quote. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Without a code, shows the title's address. */
export function showRoomInAddress(code?: string): void {
  const path = code !== undefined && isRoomCode(code) ? pathTo(ROUTE.roomPage, { code }) : "/";
  if (location.pathname !== path) history.replaceState(null, "", path);
}

/** Keeps the address in step with the front screens. While joining or unreachable it stays, for a refresh. */
export function followScreenInAddress(): void {
  effect(() => {
    const { value } = screen;
    if (value.kind === "gate") showRoomInAddress(value.code);
    else if (["title", "host", "browse", "code"].includes(value.kind)) showRoomInAddress();
  });
}
