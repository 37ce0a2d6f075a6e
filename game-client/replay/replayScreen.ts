/** Shows the replay that the page's screen names: fetches it, plays it in the arena, and tells the interface of both. */
import type { Game } from "#client/game.ts";
import { HttpError } from "#client/net/http.ts";
import { clipOpen, clipRange, within } from "#client/ui/replay/clipModel.ts";
import { beginActs } from "#client/ui/replay/replayActs.ts";
import {
  AT_START,
  controls,
  replay,
  playhead as shownHead,
  type WhyNoReplay,
} from "#client/ui/replay/replayModel.ts";
import { room } from "#client/ui/room/roomModel.ts";
import { followed, watching } from "#client/ui/room/watchModel.ts";
import { scoresHeld, shownReplay } from "#client/ui/state/model.ts";
import type { ReplayLink } from "#shared/replay/link.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import { ReplayError } from "#shared/replay/replayError.ts";
import { offerVideos } from "./film/clipFilm.ts";
import { listenForReplayKeys } from "./replayKeys.ts";
import { openReplay, type ReplaySession } from "./replaySession.ts";
import { fetchReplay, fetchReplayMap, MatchGoesOn, segmentsOf } from "./replaySource.ts";

/** Numbers that change faster cannot be read. */
const REFRESH_MS = 100;

/** Returns what ends it. Never throws: the screen says what failed. */
export function showReplay(link: ReplayLink, endpoint: string, load: () => Promise<Game>): () => void {
  let isOver = false;
  let timer: number | undefined;
  let stop = () => {};
  let stopKeys = () => {};
  let stopVideos = () => {};
  const fail = (error: unknown) => {
    if (isOver) return;
    isOver = true;
    console.warn(error);
    end();
    replay.value = { is: "failed", why: whyOf(error), link };
  };
  const end = () => {
    clearInterval(timer);
    stop();
    stopKeys();
    stopVideos();
    clipOpen.value = false;
    clipRange.value = undefined;
    controls.value = undefined;
    shownReplay.value = undefined;
    scoresHeld.value = false;
  };

  /** Waits for the end of a match that still goes on. Rejects like fetchReplay. */
  const whenOver = async (): Promise<ReplayInfo> => {
    for (;;) {
      try {
        return await fetchReplay(endpoint, link.id);
      } catch (error) {
        if (isOver || !(error instanceof MatchGoesOn)) throw error;
        replay.value = { is: "goesOn" };
        await new Promise((resolve) => setTimeout(resolve, 1000 * error.waitSec));
      }
    }
  };

  const open = async () => {
    replay.value = { is: "loading" };
    // A failure asks where it was.
    shownHead.value = AT_START;
    const [info, game] = await Promise.all([whenOver(), load()]);
    if (isOver) return;
    const session = openReplay(info, segmentsOf(endpoint, info), fail, () => clipRange.peek());
    // The scene goes on for a moment, behind another screen.
    stop = () => session.playhead.pause();
    clipRange.value = link.clip && within(link.clip, info.segments.at(-1)?.toMs ?? 0);
    await session.playhead.seek(link.atMs ?? clipRange.peek()?.fromMs ?? 0);
    if (isOver) return;
    await game.enterArena(session.room, {
      playout: () => session.playout,
      fetchMap: () => fetchReplayMap(endpoint, link.id),
    });
    if (isOver) return;
    followed.value = seatToFollow(info, link);
    beginActs();
    stopKeys = listenForReplayKeys();
    const tellIfShown = () => isOver || tell(session);
    controls.value = controlsOf(session, tellIfShown);
    stopVideos = offerVideos(session, game);
    replay.value = { is: "open", info, link };
    tell(session);
    timer = window.setInterval(() => tell(session), REFRESH_MS);
    await session.playhead.play();
  };

  open().catch(fail);
  return () => {
    isOver = true;
    end();
    followed.value = "";
    watching.value = undefined;
    room.value = undefined;
  };
}

/** The seat of the player whom the link names, else of the one with the most kills; "" flies. */
export function seatToFollow({ people, marks }: ReplayInfo, { follow }: ReplayLink): string {
  const named = people.find(({ name }) => name === follow);
  if (named) return named.seat;
  const kills = (seat: string) => marks.filter((mark) => mark.is === "kill" && mark.by === seat).length;
  const most = Math.max(0, ...people.map(({ seat }) => kills(seat)));
  return (people.find(({ seat }) => kills(seat) === most) ?? people[0])?.seat ?? "";
}

export function tell({ playhead, info }: ReplaySession): void {
  const { atMs, rate, isPlaying, isLoading } = playhead;
  const before = shownHead.peek();
  const now = { atMs, rate, isPlaying, isLoading, lengthMs: info.segments.at(-1)?.toMs ?? 0 };
  const isNews = Object.entries(now).some(([field, value]) => before[field as keyof typeof now] !== value);
  if (isNews) shownHead.value = now;
  shownReplay.value = isPlaying ? "plays" : "stands";
}

/** `done`: called when a control has done its part, which may be after the replay was left. */
function controlsOf(session: ReplaySession, done: () => void) {
  const { playhead } = session;
  const telling =
    <Given extends readonly unknown[]>(act: (...given: Given) => unknown) =>
    (...given: Given): void => {
      // A video that is made moves the playhead.
      if (!session.steps.isStepped) void Promise.resolve(act(...given)).then(done);
    };
  return {
    toggle: telling(() => (playhead.isPlaying ? playhead.pause() : playhead.play())),
    pause: telling(() => playhead.pause()),
    seek: telling((toMs: number) => playhead.seek(toMs)),
    setRate: telling((rate: Parameters<typeof playhead.setRate>[0]) => playhead.setRate(rate)),
    step: telling((by: 1 | -1) => playhead.step(by)),
  };
}

export function whyOf(error: unknown): WhyNoReplay {
  if (error instanceof ReplayError) return error.why === "newer" ? "newer" : "damaged";
  if (error instanceof HttpError)
    return error.code === 404 ? "gone" : error.code === 410 ? "damaged" : "lost";
  return error instanceof TypeError || error instanceof MatchGoesOn ? "lost" : "cannotShow";
}
