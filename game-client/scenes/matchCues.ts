/** Sounds of what lasts or comes due, which no event tells of: countdown, low health, points on the hill. */
import type { SoundName } from "#client/audio/sounds.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { HILL } from "#shared/modes/kingOfTheHill.ts";
import { MODES, type ModeName } from "#shared/modes/modes.ts";
import { DRONE } from "#shared/tuning.ts";

/** The part of the room's state that is listened to. */
export interface HeardState {
  readonly tick: number;
  readonly mode: ModeName;
  readonly phase: string;
  readonly phaseEndsTick: number;
  readonly scoreA: number;
  readonly scoreB: number;
  readonly hill: { readonly holder: number };
}

export interface MatchEars {
  watch(state: HeardState, own: { readonly hp: number; readonly team: number }): void;
}

const LOW_HP = 0.3 * DRONE.hp;
/** A heart beats this often while little health is left. */
const HEART_TICKS = 1.1 * TICKS_PER_SEC;
/** The last seconds before the start, and before the end, are told. */
const COUNTED_SEC = 5;

export function createMatchEars(play: (sound: SoundName) => void): MatchEars {
  let toldSec = 0;
  let nextHeartTick = 0;
  let score = 0;
  let holder: number = HILL.empty;

  const count = ({ phase, phaseEndsTick, tick }: HeardState) => {
    if (phase !== "countdown" && phase !== "live") {
      toldSec = 0;
      return;
    }
    const sec = Math.ceil((phaseEndsTick - tick) / TICKS_PER_SEC);
    if (sec === toldSec) return;
    toldSec = sec;
    if (sec >= 1 && sec <= COUNTED_SEC) play("countdown");
  };

  const beat = ({ tick, phase }: HeardState, hp: number) => {
    const isLow = hp > 0 && hp <= LOW_HP && phase === "live";
    if (!isLow) nextHeartTick = 0;
    else if (tick >= nextHeartTick) {
      nextHeartTick = tick + HEART_TICKS;
      play("lowHealth");
    }
  };

  const standOnHill = (state: HeardState, team: number) => {
    const ownScore = team === 0 ? state.scoreA : state.scoreB;
    const isHill = MODES[state.mode].needs === "hills" && state.phase === "live";
    if (isHill && ownScore > score) play("hillPoint");
    // Empty says nothing: whoever left it has heard themselves leave.
    if (isHill && state.hill.holder !== holder && state.hill.holder !== HILL.empty) play("hillChanged");
    score = ownScore;
    holder = state.hill.holder;
  };

  return {
    watch(state, { hp, team }) {
      count(state);
      beat(state, hp);
      standOnHill(state, team);
    },
  };
}
