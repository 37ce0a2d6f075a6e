/** Sounds that follow from the state and not from events: countdown, low health, the hill, how the match ended. */
import type { Manner } from "#client/audio/player.ts";
import type { SoundName } from "#client/audio/sounds.ts";
import { isLowHealth } from "#client/lowHealth.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { HILL } from "#shared/modes/kingOfTheHill.ts";
import { MODES } from "#shared/modes/modes.ts";
import { type Scored, verdictOf } from "./verdict.ts";

/** The part of the room's state that these sounds follow. */
export interface HeardState extends Scored {
  readonly tick: number;
  readonly phase: string;
  readonly phaseEndsTick: number;
  readonly hill: { readonly holder: number };
}

export interface MatchCues {
  /** Call once a frame. `own` has the health and team of the player. */
  update(state: HeardState, own: { readonly hp: number; readonly team: number }): void;
}

/** Interval of the heartbeat at low health. */
const HEART_TICKS = 1.1 * TICKS_PER_SEC;
/** Number of seconds before the start and the end of a match that are counted down. */
const COUNTED_SEC = 5;

/** `me` is the id of the player's drone. */
export function createMatchCues(play: (sound: SoundName, manner?: Manner) => void, me: string): MatchCues {
  let countedSec = 0;
  let nextHeartTick = 0;
  /** Undefined until the first state: what it holds was so before. */
  let score: number | undefined;
  let holder: number = HILL.empty;
  let phase = "";

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
    const isLow = isLowHealth(hp) && phase === "live";
    if (!isLow) nextHeartTick = 0;
    else if (tick >= nextHeartTick) {
      nextHeartTick = tick + HEART_TICKS;
      play("lowHealth");
    }
  };

  const followHill = (state: HeardState, team: number) => {
    const ownScore = team === 0 ? state.scoreA : state.scoreB;
    const isHill = MODES[state.mode].needs === "hills" && state.phase === "live";
    if (isHill && ownScore > (score ?? ownScore)) play("hillPoint");
    if (isHill && score !== undefined && state.hill.holder !== holder && isHeld(state.hill.holder)) {
      play(state.hill.holder - HILL.held === team ? "hillOurs" : "hillTheirs");
    }
    score = ownScore;
    // A team that holds it again after a contest has not taken it anew.
    if (state.hill.holder !== HILL.contested) holder = state.hill.holder;
  };

  /** From the state, which brings the phase and the final scores together; the event may come before them. */
  const judge = (state: HeardState, team: number) => {
    if (phase === "live" && state.phase === "results") play(verdictOf(state, me, team) ?? "matchEnd");
    phase = state.phase;
  };

  return {
    update(state, { hp, team }) {
      judge(state, team);
      count(state);
      beat(state, hp);
      followHill(state, team);
    },
  };
}

const isHeld = (holder: number): boolean => holder !== HILL.empty && holder !== HILL.contested;
