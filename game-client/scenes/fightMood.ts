/** Computes how intense the fight is from the events that this page sees: the music's layers follow it. */
import { isLowHealth } from "#client/lowHealth.ts";
import { readSettings } from "#client/net/arenaLink.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { MODES } from "#shared/modes/modes.ts";
import { isTeamMode } from "#shared/modes/rules.ts";
import type { Scored } from "./verdict.ts";

export interface MoodState extends Scored {
  readonly tick: number;
  readonly phase: string;
  readonly phaseEndsTick: number;
  /** RoomSettings as JSON. */
  readonly settings: string;
}

export interface FightMood {
  /** 0 to 1. */
  readonly level: number;
  /** The last 30 s, overtime, or a side just below the score limit. */
  readonly isFinal: boolean;
  /** False outside of a match. */
  readonly isOn: boolean;
  /** Something happened; `distancePx` is from the listener. */
  note(what: keyof typeof HEAT, distancePx?: number): void;
  /** Call once a frame. */
  update(state: MoodState, hp: number): void;
}

/** An event at the listener adds this to the heat, which is 0 to 1. */
const HEAT = { shot: 0.04, explosion: 0.15, hit: 0.1, kill: 0.2, death: 0.15 } as const;
const FAR_PX = 1000;
const COOLING_SEC = 6;
/** Parts of the level. */
const LEVEL = { base: 0.15, heat: 0.6, lowHealth: 0.2, kill: 0.05, killsMax: 5, final: 0.8 } as const;
const FINAL_SEC = 30;
/** A side is just below the score limit from this share of it on. */
const NEAR_LIMIT = 0.9;
const JUDGE_TICKS = TICKS_PER_SEC;

export function createFightMood(): FightMood {
  let heat = 0;
  let kills = 0;
  let lastTick = 0;
  let judgedTick = Number.NEGATIVE_INFINITY;
  let isNearLimit = false;
  const mood = { level: 0, isFinal: false, isOn: false };

  const cool = (tick: number) => {
    const sec = Math.max(0, tick - lastTick) / TICKS_PER_SEC;
    lastTick = tick;
    if (sec > 0) heat *= Math.exp(-sec / COOLING_SEC);
  };

  /** Once a second: it parses the room's settings. */
  const judge = (state: MoodState) => {
    if (state.tick >= judgedTick && state.tick < judgedTick + JUDGE_TICKS) return;
    judgedTick = state.tick;
    const limit = readSettings(state.settings)?.scoreLimit || MODES[state.mode].scoreLimit;
    isNearLimit = highestScore(state) >= Math.max(1, Math.min(limit - 1, limit * NEAR_LIMIT));
  };

  return {
    get level() {
      return mood.level;
    },
    get isFinal() {
      return mood.isFinal;
    },
    get isOn() {
      return mood.isOn;
    },
    note(what, distancePx = 0) {
      heat = Math.min(1, heat + HEAT[what] * Math.max(0, 1 - distancePx / FAR_PX));
      if (what === "kill") kills++;
      if (what === "death") kills = 0;
    },
    update(state, hp) {
      cool(state.tick);
      judge(state);
      mood.isOn = state.phase === "live" || state.phase === "countdown";
      if (!mood.isOn) {
        heat = 0;
        kills = 0;
      }
      const secLeft = (state.phaseEndsTick - state.tick) / TICKS_PER_SEC;
      mood.isFinal = state.phase === "live" && (isNearLimit || secLeft <= FINAL_SEC);
      const own = LEVEL.kill * Math.min(kills, LEVEL.killsMax) + (isLowHealth(hp) ? LEVEL.lowHealth : 0);
      const level = LEVEL.base + LEVEL.heat * heat + own;
      mood.level = Math.min(1, mood.isFinal ? Math.max(level, LEVEL.final) : level);
    },
  };
}

/** The highest score that can end the match. */
function highestScore(state: Scored): number {
  if (isTeamMode(state.mode)) return Math.max(state.scoreA, state.scoreB);
  let best = 0;
  state.roster.forEach(({ score, spectating }) => {
    if (!spectating) best = Math.max(best, score);
  });
  return best;
}
