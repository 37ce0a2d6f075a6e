/** Matches as they go: a connection to the room `live` for as long as they are shown. */
import type { LiveView, ShownMatch } from "#client/roomDirectory.ts";
import type { LiveMatch } from "#shared/protocol/live.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { followList } from "./listLink.ts";

/** `code`: a room's match alone, in full; empty for the list. Calls `onChange` on every change until the returned function is called. */
export const watchLive = (endpoint: string, code: string, onChange: (view: LiveView) => void): (() => void) =>
  followList<LiveMatch, ShownMatch>({
    endpoint,
    room: ROOM.live,
    options: { code },
    idOf: (match) => match.code,
    read: (match) => ({ ...match, atMs: performance.now() }),
    onChange,
  });
