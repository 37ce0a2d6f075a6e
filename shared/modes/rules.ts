/** What a match is played by; a private room's host may set all of it. */
import type { ModeName } from "./modes.ts";

export interface Rules {
  readonly mode: ModeName;
  readonly scoreLimit: number;
  readonly timeLimitTicks: number;
  /** Whether team mates can hurt each other. */
  readonly friendlyFire: boolean;
}
