/** Shows the replay that the page's screen names: fetches it, plays it in the arena, and tells the interface of both. */
import type { Game } from "#client/game.ts";
import { HttpError } from "#client/net/http.ts";
import { clipOpen, clipRange, within } from "#client/ui/replay/clipModel.ts";
import { controls, replay, playhead as shownHead, type WhyNoReplay } from "#client/ui/replay/replayModel.ts";
import { followed } from "#client/ui/room/watchModel.ts";
import type { ReplayLink } from "#shared/replay/link.ts";
import { ReplayError } from "#shared/replay/replayError.ts";
import { offerVideos } from "./film/clipFilm.ts";
import { openReplay, type ReplaySession } from "./replaySession.ts";
import { fetchReplay, fetchReplayMap, segmentsOf } from "./replaySource.ts";

/** Numbers that change faster cannot be read. */
const REFRESH_MS = 100;

/** Returns what ends it. Never throws: the screen says what failed. */
export function showReplay(link: ReplayLink, endpoint: string, load: () => Promise<Game>): () => void {
  let isOver = false;
  let timer: number | undefined;
  let stopVideos = () => {};
  const fail = (error: unknown) => {
    if (isOver) return;
    console.warn(error);
    replay.value = { is: "failed", why: whyOf(error) };
  };

  const open = async () => {
    replay.value = { is: "loading" };
    const [info, game] = await Promise.all([fetchReplay(endpoint, link.id), load()]);
    if (isOver) return;
    const session = openReplay(info, segmentsOf(endpoint, info), fail);
    clipRange.value = link.clip && within(link.clip, info.segments.at(-1)?.toMs ?? 0);
    await session.playhead.seek(link.atMs ?? clipRange.peek()?.fromMs ?? 0);
    if (isOver) return;
    await game.enterArena(session.room, {
      playout: () => session.playout,
      fetchMap: () => fetchReplayMap(endpoint, link.id),
    });
    if (isOver) return;
    followed.value = info.people.find(({ name }) => name === link.follow)?.seat ?? "";
    controls.value = controlsOf(session);
    stopVideos = offerVideos(session, game);
    replay.value = { is: "open", info, link };
    tell(session);
    timer = window.setInterval(() => tell(session), REFRESH_MS);
    await session.playhead.play();
  };

  open().catch(fail);
  return () => {
    isOver = true;
    clearInterval(timer);
    stopVideos();
    clipOpen.value = false;
    clipRange.value = undefined;
    controls.value = undefined;
  };
}

function tell({ playhead, info }: ReplaySession): void {
  const { atMs, rate, isPlaying, isLoading } = playhead;
  const before = shownHead.peek();
  const now = { atMs, rate, isPlaying, isLoading, lengthMs: info.segments.at(-1)?.toMs ?? 0 };
  const isNews = Object.entries(now).some(([field, value]) => before[field as keyof typeof now] !== value);
  if (isNews) shownHead.value = now;
}

function controlsOf(session: ReplaySession) {
  const { playhead } = session;
  const telling =
    <Given extends readonly unknown[]>(act: (...given: Given) => unknown) =>
    (...given: Given): void => {
      // A video that is made moves the playhead.
      if (!session.steps.isStepped) void Promise.resolve(act(...given)).then(() => tell(session));
    };
  return {
    toggle: telling(() => (playhead.isPlaying ? playhead.pause() : playhead.play())),
    pause: telling(() => playhead.pause()),
    seek: telling((toMs: number) => playhead.seek(toMs)),
    setRate: telling((rate: Parameters<typeof playhead.setRate>[0]) => playhead.setRate(rate)),
    step: telling((by: 1 | -1) => playhead.step(by)),
  };
}

function whyOf(error: unknown): WhyNoReplay {
  if (error instanceof ReplayError) return error.why === "newer" ? "newer" : "damaged";
  if (error instanceof HttpError)
    return error.code === 404 ? "gone" : error.code === 410 ? "damaged" : "lost";
  return error instanceof TypeError ? "lost" : "cannotShow";
}
