/** Shows the replay that the page's room watches, in step with everybody there. */
import type { Game } from "#client/game.ts";
import type { ArenaLink } from "#client/net/arenaLink.ts";
import { sendRequest } from "#client/net/request.ts";
import { clipOpen, clipRange } from "#client/ui/replay/clipModel.ts";
import { beginActs } from "#client/ui/replay/replayActs.ts";
import {
  AT_START,
  controls,
  type ReplayControls,
  replay,
  playhead as shownHead,
} from "#client/ui/replay/replayModel.ts";
import { isScreened } from "#client/ui/replay/screeningModel.ts";
import { mayHost } from "#client/ui/room/roomModel.ts";
import { followed } from "#client/ui/room/watchModel.ts";
import { scoresHeld, shownReplay } from "#client/ui/state/model.ts";
import type { HostAction } from "#shared/protocol/host.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { momentOf, readScreening, type Screening } from "#shared/replay/screening.ts";
import { inStep, type Step } from "./inStep.ts";
import { listenForReplayKeys } from "./replayKeys.ts";
import { seatToFollow, tell, whyOf } from "./replayScreen.ts";
import { openReplay, type ReplaySession } from "./replaySession.ts";
import { fetchReplay, fetchReplayMap, segmentsOf } from "./replaySource.ts";
import { createWish } from "./screeningWish.ts";

const FOLLOW_MS = 100;
/** A part of the replay that could not be had is asked for again after this time. */
const RETRY_MS = 2_000;

/** A replay in the picture, for as long as its room watches it. */
export interface ShownScreening {
  readonly room: ArenaLink;
  readonly id: string;
  /** Resolves when it is in the picture, or cannot be. */
  readonly isThere: Promise<void>;
  end(): void;
}

/** Never throws: the screen says what failed, over the room's arena. */
export function showScreening(room: ArenaLink, id: string, endpoint: string, game: Game): ShownScreening {
  let isOver = false;
  let stop = () => {};
  isScreened.value = true;
  replay.value = { is: "loading" };
  shownHead.value = AT_START;

  const open = async () => {
    const info = await fetchReplay(endpoint, id);
    if (isOver) return;
    let retryAtMs = 0;
    const session = openReplay(info, segmentsOf(endpoint, info), (error) => {
      console.warn(error);
      retryAtMs = performance.now() + RETRY_MS;
    });
    const following = follow(room, session, () => performance.now() < retryAtMs);
    stop = following.stop;
    if (!(await following.isInStep) || isOver) return;
    const fetchMap = () => fetchReplayMap(endpoint, id);
    await game.enterArena(session.room, { playout: () => session.playout, fetchMap, around: room });
    if (isOver) return;
    followed.value = seatToFollow(info, { id });
    beginActs();
    const stopKeys = listenForReplayKeys();
    stop = () => {
      stopKeys();
      following.stop();
    };
    controls.value = following.controls;
    replay.value = { is: "open", info, link: { id } };
  };

  const tryOpen = (): Promise<void> =>
    open().catch(async (error) => {
      if (isOver) return;
      console.warn(error);
      stop();
      const why = whyOf(error);
      replay.value = { is: "failed", why, link: { id } };
      // The room's arena stands still behind the replay. A player who has just come may have no drone yet.
      await game.enterArena(room).catch(() => {});
      if (why === "lost") setTimeout(() => isOver || void tryOpen(), RETRY_MS);
    });
  return {
    room,
    id,
    isThere: tryOpen(),
    end() {
      isOver = true;
      stop();
      isScreened.value = false;
      clipOpen.value = false;
      clipRange.value = undefined;
      controls.value = undefined;
      shownReplay.value = undefined;
      scoresHeld.value = false;
      followed.value = "";
    },
  };
}

interface Following {
  /** Resolves to true when the playhead is at the moment that the room watches, to false when the room no longer does. */
  readonly isInStep: Promise<boolean>;
  readonly controls: ReplayControls;
  stop(): void;
}

function follow(room: ArenaLink, session: ReplaySession, isToWait: () => boolean): Following {
  const { playhead, info } = session;
  const time = followRoomTime(room);
  const act = (action: HostAction) => sendRequest(room, MESSAGE.host, action);
  const wish = createWish(({ atMs, rate, isPlaying }) => act({ do: "screenControl", atMs, rate, isPlaying }));
  const lengthMs = info.segments.at(-1)?.toMs ?? 0;
  const target = (): Screening | undefined => {
    const shared = readScreening(room.state.screening);
    // The room knows the length from its host's page.
    return shared?.id === info.head.match ? { ...(wish.now ?? shared), lengthMs } : undefined;
  };
  let isStepping = false;
  let isOver = false;
  let hasBegun = false;
  const { promise: isInStep, resolve: settle } = Promise.withResolvers<boolean>();

  const update = async (isFirst = false): Promise<void> => {
    const wanted = target();
    if (!wanted) return settle(false);
    // A hidden tab draws no frames, in which the replay would play.
    if (isOver || isStepping || isToWait() || (document.hidden && !isFirst)) return;
    const step: Step = hasBegun
      ? inStep(wanted, time.now(), playhead)
      : // Before the first jump there is no picture, not even of the beginning.
        { do: "seek", isPlaying: wanted.isPlaying, toMs: momentOf(wanted, time.now()) };
    if (step.do === "seek") {
      if (!step.isPlaying) playhead.pause();
      await playhead.seek(step.toMs);
    }
    if (step.do === "run") {
      playhead.setRate(step.rate);
      playhead.setPace(step.pace);
      if (step.isPlaying !== playhead.isPlaying) await (step.isPlaying ? playhead.play() : playhead.pause());
    }
    // A part that could not be had is asked for again.
    if (step.do !== "wait" && !isToWait()) {
      hasBegun = true;
      settle(true);
    }
    // The jump may have ended after the screening.
    if (!isOver) tell(session);
  };

  const steer = (change: (now: Screening) => Partial<Screening>) => {
    const now = target();
    if (!now || !mayHost.peek()) return;
    const here = { ...now, atMs: playhead.atMs, ...change(now) };
    const atMs = Math.round(Math.min(Math.max(here.atMs, 0), lengthMs));
    wish.ask({ ...here, atMs, setAtMs: time.now() });
    void update();
  };

  const onState = () => void update();
  room.onStateChange(onState);
  const timer = setInterval(() => void update(), FOLLOW_MS);
  void update(true);
  return {
    isInStep,
    controls: {
      // At the end it begins again.
      toggle: () =>
        steer((now) => (playhead.isAtEnd ? { atMs: 0, isPlaying: true } : { isPlaying: !now.isPlaying })),
      pause: () => steer(() => ({ isPlaying: false })),
      seek: (atMs) => steer(() => ({ atMs })),
      setRate: (rate) => steer(() => ({ rate })),
      step(by) {
        if (!mayHost.peek()) return;
        isStepping = true;
        void playhead.step(by).then(() => {
          isStepping = false;
          steer(() => ({ isPlaying: false }));
        });
      },
    },
    stop() {
      isOver = true;
      settle(false);
      clearInterval(timer);
      room.onStateChange.remove(onState);
      time.stop();
      playhead.pause();
    },
  };
}

/**
 * Estimates the time of the room's clock. The SDK's clock follows the acks of commands, which nobody sends while the room
 * stands still, and which a spectator or a newcomer never sent: the patch with the shortest transit counts as well.
 */
function followRoomTime({ clock, onStateChange }: Pick<ArenaLink, "clock" | "onStateChange">) {
  let leadMs = Number.NEGATIVE_INFINITY;
  const measure = () => {
    leadMs = Math.max(leadMs, clock.lastServerTime() - clock.now());
  };
  onStateChange(measure);
  return {
    now: () => Math.max(clock.serverNow(), clock.now() + leadMs),
    stop: () => onStateChange.remove(measure),
  };
}
