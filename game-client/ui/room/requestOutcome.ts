/** What became of a request to the room, as text for the panel. */
import { signal } from "@preact/signals";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { Outcome } from "./roomModel.ts";

/** The line at the panel's foot; screen readers read it out. */
export const panelNotice = signal("");

export const answerText = (outcome: Outcome): string =>
  outcome.ok ? STRINGS.room.done : STRINGS.room.refused[outcome.reason];

/** A success needs no long reading. */
const DONE_SHOWN_MS = 3000;

/** Shows the outcome in the panel when it arrives. Resolves to whether the room did what was asked. */
export async function showOutcome(request: Promise<Outcome>): Promise<boolean> {
  panelNotice.value = "";
  const outcome = await request;
  const text = answerText(outcome);
  panelNotice.value = text;
  if (outcome.ok) {
    setTimeout(() => {
      if (panelNotice.value === text) panelNotice.value = "";
    }, DONE_SHOWN_MS);
  }
  return outcome.ok;
}
