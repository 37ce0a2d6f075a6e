/** The parts of an editor room, which its requests work on. */
import { type Room, ServerError } from "@colyseus/core";
import type { Rooms } from "#server/admission/rooms.ts";
import { type Drafts, drafts, type StoredDraft } from "#server/services/drafts/drafts.ts";
import { History } from "#shared/editor/history.ts";
import { readTmj, type Tmj, tilePxOf, writeTmj } from "#shared/editor/tmj.ts";
import { countCellLayers } from "#shared/editor/tmjLayers.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { EDITOR_MESSAGE, type EditorNews } from "#shared/protocol/editor.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { EditorState } from "#shared/schema/editorState.ts";
import { Commands } from "./commands.ts";
import { Presence } from "./presence.ts";
import { newObject, RoomDraft } from "./roomDraft.ts";
import { claimDraft, Saving } from "./saving.ts";
import { EditorSeats } from "./seats.ts";
import { TryOut } from "./tryOut.ts";
import { Versions } from "./versions.ts";

export interface Studio {
  readonly history: History;
  readonly seats: EditorSeats;
  readonly presence: Presence;
  readonly commands: Commands;
  readonly saving: Saving;
  readonly versions: Versions;
  readonly tryOut: TryOut;
  close(): Promise<void>;
}

type StudioRoom = Room<{ state: EditorState }>;

interface Furnished {
  readonly room: StudioRoom;
  readonly store: Drafts;
  readonly stored: StoredDraft;
  readonly rooms: Rooms;
  readonly release: () => void;
}

/** Reads the draft. Throws ServerError, or StoreAwayError. */
export async function createStudio(room: StudioRoom, id: string, rooms: Rooms): Promise<Studio> {
  const store = drafts();
  const release = store && (await claimDraft(id));
  if (!release)
    throw new ServerError(REFUSAL.restarting, "This draft cannot be opened at the moment: try again.");
  try {
    const stored = await store.read(id);
    if (!stored) throw new ServerError(REFUSAL.roomUnknown, "There is no such draft.");
    return furnish({ room, store, stored, rooms, release });
  } catch (error) {
    release();
    throw error;
  }
}

function furnish({ room, store, stored, rooms, release }: Furnished): Studio {
  const { id } = stored;
  const { state } = room;
  const origin = JSON.parse(stored.tiledJson) as Tmj;
  const draft = new RoomDraft(state, readTmj(origin, stored.title));
  Object.assign(state, {
    ...{ tilePx: tilePxOf(origin), seq: 0, storedSeq: 0, versions: stored.versions.at(-1)?.number ?? 0 },
    ...{ trying: "", triedBy: "" },
  });
  const history = new History(draft, newObject, ({ seq }) => {
    state.seq = seq;
    draft.show();
    saving.changed();
  });
  const presence = new Presence((line) => room.broadcast(EDITOR_MESSAGE.chat, line));
  const file = () => ({
    title: state.properties.get("title") ?? "",
    tiledJson: JSON.stringify(writeTmj(draft, origin)),
  });
  const saving = new Saving({
    ...{ draft: id, store, file, changedAtMs: stored.changedAtMs },
    seq: () => state.seq,
    stored: (seq) => {
      state.storedSeq = seq;
    },
    tell: (news) => presence.tell(news),
    lost(why) {
      if (why === "gone") return void room.disconnect(CLOSE.roomEnded);
      // Then pages join again, and find what the other machine has written.
      void versions.keepLost().then(() => room.disconnect(CLOSE.restarting));
    },
  });
  const tell = (news: EditorNews, name: string) => presence.tell(news, name);
  const tiledJson = () => file().tiledJson;
  const versions = new Versions({ id, store, state, draft, history, tiledJson, tell });
  const tryOut = new TryOut({ state, rooms, tiledJson, tell });
  return {
    ...{ presence, history, saving, tryOut, versions },
    seats: new EditorSeats(state, (by) => history.forget(by)),
    commands: new Commands(history, draft, countCellLayers(origin)),
    close() {
      tryOut.close();
      return saving.close(release);
    },
  };
}
