/** Copies the room's settings, flags and roster from its state into the interface's signals. */
import { type ArenaLink, readSettings } from "#client/net/arenaLink.ts";
import { isRecorded } from "#client/replay/replayRoom.ts";
import {
  type Person,
  pausedBy,
  type RoomView,
  recordedPeople,
  room as shown,
} from "#client/ui/room/roomModel.ts";
import { type Watching, watching } from "#client/ui/room/watchModel.ts";

export interface RoomFeed {
  /** Call once a frame. */
  update(nowMs: number): void;
}

const REFRESH_MS = 200;

/**
 * Sets the signals only when the room has changed, so that an open panel is not drawn five times a second. `around`: the
 * room that the page is in, if the picture is of another one, a recorded one.
 */
export function createRoomFeed(room: ArenaLink, around = room): RoomFeed {
  let refreshedAtMs = Number.NEGATIVE_INFINITY;
  let before = "";
  return {
    update(nowMs) {
      if (nowMs - refreshedAtMs < REFRESH_MS) return;
      refreshedAtMs = nowMs;
      const view = viewRoom(around);
      const recorded = around === room ? undefined : viewRoom(room)?.people;
      const now = JSON.stringify([view, recorded]);
      if (now === before && shown.value) return;
      before = now;
      shown.value = view;
      recordedPeople.value = recorded;
      watching.value = isRecorded(room) ? { mode: "delayed" } : watchingIn(view);
      if (!view?.paused) pausedBy.value = "";
    },
  };
}

function watchingIn(view: RoomView | undefined): Watching | undefined {
  if (!view?.people.some(({ self, spectating }) => self && spectating)) return undefined;
  return { mode: view.settings.spectating === "delayed" ? "delayed" : "follow" };
}

/** Undefined before the first state has brought the settings. */
function viewRoom({ roomId, sessionId, state }: ArenaLink): RoomView | undefined {
  const settings = readSettings(state.settings);
  if (!settings) return undefined;
  const { hosted, held, paused, locked, password } = state;
  const people = Array.from(state.roster.entries(), ([id, seat]): Person => {
    const { name, team, bot, account, connected, spectating, rank, muted } = seat;
    return { id, name, team, bot, account, connected, spectating, rank, muted, self: id === sessionId };
  });
  people.sort((a, b) => b.rank - a.rank || Number(a.bot) - Number(b.bot) || a.name.localeCompare(b.name));
  return { code: roomId, hosted, held, paused, locked, password, settings, people };
}
