/** What a match is played by; a private room's host may set all of it. */
import { TIME_LIMIT_TICKS } from "#shared/config.ts";
import { MODES, type ModeName } from "./modes.ts";

export interface Rules {
  readonly mode: ModeName;
  readonly scoreLimit: number;
  readonly timeLimitTicks: number;
  /** Whether team mates can hurt each other. */
  readonly friendlyFire: boolean;
}

/** What a public match of this mode is played by. */
export const rulesOf = (mode: ModeName): Rules => ({
  mode,
  scoreLimit: MODES[mode].scoreLimit,
  timeLimitTicks: TIME_LIMIT_TICKS,
  friendlyFire: false,
});

/** A fight that nobody wins: behind the title, and in tests. */
export const ENDLESS: Rules = {
  mode: "deathmatch",
  scoreLimit: Number.POSITIVE_INFINITY,
  timeLimitTicks: 0xffffffff,
  friendlyFire: false,
};
