/** Carries what the room says of itself and its people into the interface's signals. */
import type { ArenaLink } from "#client/net/arenaLink.ts";
import { readSettings } from "#client/net/arenaLink.ts";
import { type Person, pausedBy, type RoomView, room as shown } from "#client/ui/room/roomModel.ts";
import { type Watching, watching } from "#client/ui/room/watchModel.ts";

export interface RoomFeed {
  /** Once a frame. */
  update(nowMs: number): void;
}

const REFRESH_MS = 200;

/** The signal changes only when the room does: an open panel is not drawn five times a second. */
export function createRoomFeed(room: ArenaLink): RoomFeed {
  let refreshedAt = Number.NEGATIVE_INFINITY;
  let before = "";
  return {
    update(nowMs) {
      if (nowMs - refreshedAt < REFRESH_MS) return;
      refreshedAt = nowMs;
      const view = viewRoom(room);
      const now = JSON.stringify(view);
      if (now === before && shown.value) return;
      before = now;
      shown.value = view;
      watching.value = watchingIn(view);
      if (!view?.paused) pausedBy.value = "";
    },
  };
}

function watchingIn(view: RoomView | undefined): Watching | undefined {
  if (!view?.people.some(({ self, spectating }) => self && spectating)) return undefined;
  return { mode: view.settings.spectating === "delayed" ? "delayed" : "follow" };
}

/** Undefined before the room has said how it is played. */
export function viewRoom({ roomId, sessionId, state }: ArenaLink): RoomView | undefined {
  const settings = readSettings(state.settings);
  if (!settings) return undefined;
  const { hosted, held, paused, locked, password } = state;
  const people = Array.from(state.roster.entries(), ([id, seat]): Person => {
    const { name, team, bot, connected, spectating, rank, muted } = seat;
    return { id, name, team, bot, connected, spectating, rank, muted, self: id === sessionId };
  });
  people.sort((a, b) => b.rank - a.rank || Number(a.bot) - Number(b.bot) || a.name.localeCompare(b.name));
  return { code: roomId, hosted, held, paused, locked, password, settings, people };
}
