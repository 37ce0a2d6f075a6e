/** Carries out what the player asks the interface for: by the connection, by requests to the room, by the audio. */
import type { ClipAnswer } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { goBack } from "./address.ts";
import type { GameAudio } from "./audio/player.ts";
import type { ArenaLink } from "./net/arenaLink.ts";
import { createArenaCalls } from "./net/arenas.ts";
import type { Connection } from "./net/connection.ts";
import { watchLive } from "./net/liveMatches.ts";
import { createProgressCalls } from "./net/progress.ts";
import { sendRequest } from "./net/request.ts";
import { watchRooms } from "./net/roomList.ts";
import { fetchMap, fetchMaps, lookUpRoom } from "./net/roomLookup.ts";
import { learnTitle } from "./ui/kit/mapTitle.ts";
import { liveView } from "./ui/live/liveModel.ts";
import { type Intents, muted, ownVote, roomList, screen } from "./ui/state/model.ts";

/** `joinedRoom` returns the room that the page is in, if it is connected. */
export function createIntents(
  connection: Connection,
  audio: GameAudio,
  joinedRoom: () => ArenaLink | undefined,
): Intents {
  return {
    lasting: createProgressCalls(location.origin),
    arenas: createArenaCalls(location.origin),
    async enter(name, request) {
      await connection.join(name, request);
      if (request.kind === "host" && request.screening)
        await sendRequest(joinedRoom(), MESSAGE.host, { do: "screen", ...request.screening });
    },
    open(front) {
      screen.value = front;
    },
    back: goBack,
    lookUp: (code) => lookUpRoom(location.origin, code),
    listMaps: () => fetchMaps(location.origin),
    async fetchArena(name) {
      const [{ parseArena }, map] = await Promise.all([
        import("#shared/arena/parseArena.ts"),
        fetchMap(name, "low"),
      ]);
      const arena = parseArena(map, name);
      learnTitle(name, arena.title);
      return arena;
    },
    watchRooms: () =>
      watchRooms(location.origin, (list) => {
        roomList.value = list;
      }),
    watchLive: (code) =>
      watchLive(location.origin, code, (view) => {
        liveView.value = view;
      }),
    retry: () => void connection.retry(),
    leave: () => connection.leave(),
    reload: () => reload(connection),
    vote(choice) {
      ownVote.value = choice;
      connection.vote(choice);
    },
    host: (action) => sendRequest(joinedRoom(), MESSAGE.host, action),
    async findReplay({ id, atMs, clip }) {
      const { fetchReplay } = await import("./replay/replaySource.ts");
      const info = await fetchReplay(location.origin, id).catch(() => undefined);
      const lengthMs = info?.segments.at(-1)?.toMs;
      return lengthMs === undefined ? undefined : { id, lengthMs, atMs: clip?.fromMs ?? atMs ?? 0 };
    },
    place: (place) => sendRequest(joinedRoom(), MESSAGE.place, place),
    say: (message) => sendRequest(joinedRoom(), MESSAGE.chat, message),
    clip: () => sendRequest<ClipAnswer>(joinedRoom(), MESSAGE.clip, {}),
    replayInfo: async (id) => (await import("./replay/replaySource.ts")).fetchReplay(location.origin, id),
    setMuted(value) {
      audio.setMuted(value);
      muted.value = audio.muted();
    },
    pressed() {
      audio.unlock();
      audio.play("click");
    },
  };
}

/** Keeps what the player was about to join. A page that leaves while the server is away is lost to an error of the browser. */
async function reload(connection: Connection): Promise<boolean> {
  const isThere = await fetch(location.href, { method: "HEAD", cache: "no-store" }).then(
    // A proxy answers for a server that is away: 502 to 504.
    ({ status }) => status < 500,
    () => false,
  );
  if (!isThere) return false;
  if (screen.value.kind === "cannotShow" || screen.value.kind === "stale") connection.keepRequest();
  location.reload();
  return true;
}
