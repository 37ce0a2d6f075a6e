/** Says something to the room, and remembers when the next may be said. */
import { signal } from "@preact/signals";
import type { Intents } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { ChatMessage } from "#shared/protocol/messages.ts";
import { speakAgainAtMs } from "./chatModel.ts";

/** Why the last line was not taken; empty when it was. */
export const unsaid = signal("");

/** Resolves to whether the room took it. */
export async function say(intents: Pick<Intents, "say">, message: ChatMessage): Promise<boolean> {
  unsaid.value = "";
  const outcome = await intents.say(message);
  if (outcome.ok) return true;
  if (outcome.reason === "tooFast") speakAgainAtMs.value = performance.now() + (outcome.waitMs ?? 0);
  else unsaid.value = STRINGS.room.refused[outcome.reason];
  return false;
}
