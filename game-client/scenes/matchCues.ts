/** Sounds that follow from the state and not from events: countdown, low health, hill points. */
import type { SoundName } from "#client/audio/sounds.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { HILL } from "#shared/modes/kingOfTheHill.ts";
import { MODES } from "#shared/modes/modes.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { DRONE } from "#shared/tuning.ts";

/** The part of the room's state that these sounds follow. */
export interface HeardState {
  readonly tick: number;
  readonly mode: ModeName;
  readonly phase: string;
  readonly phaseEndsTick: number;
  readonly scoreA: number;
  readonly scoreB: number;
  readonly hill: { readonly holder: number };
}

export interface MatchCues {
  /** Call once a frame. `own` has the health and team of the player. */
  update(state: HeardState, own: { readonly hp: number; readonly team: number }): void;
}

const LOW_HP = 0.3 * DRONE.hp;
/** Interval of the heartbeat at low health. */
const HEART_TICKS = 1.1 * TICKS_PER_SEC;
/** Number of seconds before the start and the end of a match that are counted down. */
const COUNTED_SEC = 5;

export function createMatchCues(play: (sound: SoundName) => void): MatchCues {
  let countedSec = 0;
  let nextHeartTick = 0;
  let score = 0;
  let holder: number = HILL.empty;

  const count = ({ phase, phaseEndsTick, tick }: HeardState) => {
    if (phase !== "countdown" && phase !== "live") {
      countedSec = 0;
      return;
    }
    const sec = Math.ceil((phaseEndsTick - tick) / TICKS_PER_SEC);
    if (sec === countedSec) return;
    countedSec = sec;
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

  const followHill = (state: HeardState, team: number) => {
    const ownScore = team === 0 ? state.scoreA : state.scoreB;
    const isHill = MODES[state.mode].needs === "hills" && state.phase === "live";
    if (isHill && ownScore > score) play("hillPoint");
    // An emptied hill is silent.
    if (isHill && state.hill.holder !== holder && state.hill.holder !== HILL.empty) play("hillChanged");
    score = ownScore;
    holder = state.hill.holder;
  };

  return {
    update(state, { hp, team }) {
      count(state);
      beat(state, hp);
      followHill(state, team);
    },
  };
}
