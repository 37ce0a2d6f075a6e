/** Stings for feats: one after another behind the kill's own sound, higher for a higher value. */
import type { Manner } from "#client/audio/player.ts";
import type { SoundName } from "#client/audio/sounds.ts";
import type { FeatName } from "#shared/schema/names.ts";
import type { SimEvent } from "#shared/sim/event.ts";

type Feat = Extract<SimEvent, { type: "feat" }>;

interface Sting {
  readonly sound: SoundName;
  /** The value whose sting has the sound's own pitch; each one more raises it by two semitones. Without it, none does. */
  readonly from?: number;
}

const STINGS: Readonly<Record<FeatName, Sting>> = {
  assist: { sound: "assist" },
  multiKill: { sound: "multiKill", from: 2 },
  streak: { sound: "streak", from: 3 },
  revenge: { sound: "revenge" },
  bounty: { sound: "bounty" },
  flagSave: { sound: "save" },
  hillSave: { sound: "save" },
};

const SEMITONES_A_STEP = 2;
const SEMITONES_MAX = 12;
/** The kill's two notes come first. */
const AFTER_KILL_MS = 220;
const APART_MS = 300;
/** A sting that would come later than this tells nothing any more. */
const LATEST_MS = 900;
/** Streaks of others are heard from this length on. */
const TOLD_STREAK = 5;

/** `me` is the id of the player's drone. `now` returns ms. */
export function createFeatCues(
  play: (sound: SoundName, manner?: Manner) => void,
  me: string,
  now: () => number,
): (feat: Feat) => void {
  let freeAtMs = 0;
  return ({ feat, drone, value }) => {
    if (drone !== me) {
      if (feat === "streak" && value >= TOLD_STREAK) play("streakFar");
      return;
    }
    const { sound, from = value } = STINGS[feat];
    const delayMs = Math.max(feat === "assist" ? 0 : AFTER_KILL_MS, freeAtMs - now());
    if (delayMs > LATEST_MS) return;
    freeAtMs = now() + delayMs + APART_MS;
    const semitones = Math.max(0, Math.min(SEMITONES_MAX, (value - from) * SEMITONES_A_STEP));
    play(sound, { semitones, delaySec: delayMs / 1000 });
  };
}
