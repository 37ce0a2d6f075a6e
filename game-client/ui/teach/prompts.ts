/** The five prompts of a first visit, in their order: which one is due follows from what the player has done. */
import type { DeviceKind } from "#client/deviceInUse.ts";

export const PROMPT_NAMES = ["move", "fire", "dash", "pickup", "special", "scores"] as const;
export type PromptName = (typeof PROMPT_NAMES)[number];

export interface Situation {
  readonly device: DeviceKind;
  /** Whether the drone holds a special weapon. */
  readonly hasSpecial: boolean;
}

const FIRST_FOUR = ["move", "fire", "dash", "pickup"] as const;

/** The fifth prompt asks for the special weapon, or for the scoreboard while the drone holds none; either ends it. */
const isFifthDone = (done: ReadonlySet<PromptName>) => done.has("special") || done.has("scores");

export const areAllDone = (done: ReadonlySet<PromptName>): boolean =>
  FIRST_FOUR.every((name) => done.has(name)) && isFifthDone(done);

/** Undefined when the player has done everything, or can do nothing more at present. */
export function nextPrompt(
  done: ReadonlySet<PromptName>,
  { device, hasSpecial }: Situation,
): PromptName | undefined {
  const open = FIRST_FOUR.find((name) => !done.has(name));
  if (open || isFifthDone(done)) return open;
  if (hasSpecial) return "special";
  // A touch screen has no key for the scoreboard.
  return device === "touch" ? undefined : "scores";
}
