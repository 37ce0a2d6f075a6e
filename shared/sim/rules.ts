/** The rules of one match. */
import type { ModeName } from "#shared/schema/names.ts";

export interface Rules {
  readonly mode: ModeName;
  /** 0: every drone fights for itself. Always the mode's own number. */
  readonly teams: 0 | 2;
  readonly scoreLimit: number;
  readonly timeLimitTicks: number;
  /** Whether team mates can hurt each other. */
  readonly friendlyFire: boolean;
}
