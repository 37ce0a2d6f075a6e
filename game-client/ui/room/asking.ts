/** Asks the room for something, and says in words what became of it. */
import { signal } from "@preact/signals";
import { STRINGS } from "#client/ui/strings.ts";
import type { Outcome } from "./roomModel.ts";

/** What the last request did, or what the panel has to say otherwise: shown, and read out. */
export const told = signal("");

export const wordsFor = (outcome: Outcome): string =>
  outcome.ok ? STRINGS.room.done : STRINGS.room.refused[outcome.reason];

/** Resolves to whether it was done. */
export async function tellOutcome(asked: Promise<Outcome>): Promise<boolean> {
  told.value = "";
  const outcome = await asked;
  told.value = wordsFor(outcome);
  return outcome.ok;
}
