/** Asks the room for something, and says in words what became of it. */
import { signal } from "@preact/signals";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { Outcome } from "./roomModel.ts";

/** What the last request did, or what the panel has to say otherwise: shown, and read out. */
export const told = signal("");

export const wordsFor = (outcome: Outcome): string =>
  outcome.ok ? STRINGS.room.done : STRINGS.room.refused[outcome.reason];

/** What went well need not be read for long. */
const DONE_MS = 3000;

/** Resolves to whether it was done. */
export async function tellOutcome(asked: Promise<Outcome>): Promise<boolean> {
  told.value = "";
  const outcome = await asked;
  const words = wordsFor(outcome);
  told.value = words;
  if (outcome.ok) setTimeout(() => told.value === words && clear(), DONE_MS);
  return outcome.ok;
}

function clear(): void {
  told.value = "";
}
