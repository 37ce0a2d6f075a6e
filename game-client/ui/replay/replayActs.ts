/** The acts of a replay's viewer, which keys, a gamepad and the bar's buttons call. */
import { computed, signal } from "@preact/signals";
import { RATES } from "#client/replay/playhead.ts";
import { unmarked } from "#client/ui/kit/Sentence.tsx";
import { copyLink } from "#client/ui/kit/sharing.ts";
import { followed, followedPerson, followNext } from "#client/ui/room/watchModel.ts";
import { absolute } from "#client/ui/state/clips.ts";
import { scoresHeld } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { clipOpen } from "./clipModel.ts";
import { type Moment, momentsOf, nextMoment, textsOf, timeOf } from "./moments.ts";
import { controls, playhead, replay } from "./replayModel.ts";
import { controllerText, mayControl } from "./screeningModel.ts";

/** Whether the interface is out of the picture. */
export const isBare = signal(false);
/** Whether the panel with the rarer controls and the keys is open. */
export const moreOpen = signal(false);
/** A notice for screen readers; with `isShown` it is in the picture, too. */
export const notice = signal({ text: "", isShown: false });
/** The moment that was jumped to last. */
export const reached = signal<Moment | undefined>(undefined);

const info = () => (replay.value.is === "open" ? replay.value.info : undefined);
export const moments = computed(() => momentsOf(info()?.marks ?? []));
export const people = computed(() => info()?.people ?? []);

const say = (text: string, isShown = false) => {
  notice.value = { text, isShown };
};

/** In a room that watches the replay, others have the controls: the viewer is told who. */
function isRefused(): boolean {
  if (mayControl.peek()) return false;
  say(unmarked(controllerText()), true);
  return true;
}

/** Call when a new replay opens. */
export function beginActs(): void {
  isBare.value = false;
  moreOpen.value = false;
  reached.value = undefined;
  say("");
}

export const acts = {
  toggle(): void {
    if (isRefused()) return;
    say(playhead.peek().isPlaying ? STRINGS.replay.paused : STRINGS.replay.playing);
    controls.value?.toggle();
  },
  seekTo(ms: number): void {
    if (isRefused()) return;
    reached.value = undefined;
    controls.value?.seek(ms);
  },
  seekBy: (ms: number): void => acts.seekByKey(playhead.peek().atMs + ms),
  /** `share` of the whole, 0 to 1. */
  seekToShare: (share: number): void => acts.seekByKey(playhead.peek().lengthMs * share),
  /** Like `seekTo`, and screen readers are told where it leads. */
  seekByKey(ms: number): void {
    acts.seekTo(ms);
    const { lengthMs } = playhead.peek();
    // The timeline tells of itself while it has the focus.
    if (!mayControl.peek() || document.activeElement?.role === "slider") return;
    say(STRINGS.replay.at(timeOf(Math.min(Math.max(ms, 0), lengthMs)), timeOf(lengthMs)));
  },
  step(by: 1 | -1): void {
    if (!isRefused()) controls.value?.step(by);
  },
  /** Plays at the next faster or slower rate. */
  changeRate(by: 1 | -1): void {
    const rate = RATES[RATES.indexOf(playhead.peek().rate) + by];
    if (rate === undefined || isRefused()) return;
    say(`${rate}×`, true);
    controls.value?.setRate(rate);
  },
  jump(by: 1 | -1): void {
    const next = nextMoment(moments.value, playhead.peek(), by);
    if (!next || isRefused()) return;
    controls.value?.seek(next.toMs);
    reached.value = next.moment;
    say(unmarked(textsOf(next.moment, people.value).join(", ")));
  },
  followNext(by: 1 | -1): void {
    followNext(by);
    say(STRINGS.watch.following(followedPerson()?.name ?? ""));
  },
  fly(): void {
    followed.value = "";
    say(STRINGS.watch.free);
  },
  toggleBoard(): void {
    scoresHeld.value = !scoresHeld.value;
  },
  toggleBare(): void {
    isBare.value = !isBare.value;
    moreOpen.value = false;
  },
  async toggleFullScreen(): Promise<void> {
    // Rejects where the browser forbids it.
    if (document.fullscreenElement) await document.exitFullscreen().catch(() => {});
    else await document.documentElement.requestFullscreen({ navigationUI: "hide" }).catch(() => {});
  },
  async copyLink(): Promise<void> {
    const id = info()?.head.match;
    if (id === undefined) return;
    const person = people.value.find(({ seat }) => seat === followed.value);
    say(await copyLink(absolute({ id, atMs: playhead.peek().atMs, follow: person?.name })), true);
  },
  /** Takes away what lies over the picture, else stops following. Returns whether there was either. */
  close(): boolean {
    if (isBare.value) acts.toggleBare();
    else if (moreOpen.value) moreOpen.value = false;
    else if (clipOpen.value) clipOpen.value = false;
    else if (scoresHeld.value) scoresHeld.value = false;
    else if (followed.value !== "") acts.fly();
    else return false;
    return true;
  },
};
