/** What the page says of why one is not, or no longer, in a room. */

import type { JoinOutcome } from "#client/joinRequest.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { NO_SUCH_ROOM, REFUSAL } from "#shared/protocol/refusal.ts";

type RefusalName = keyof typeof REFUSAL;

function refusalName(code: number): RefusalName | undefined {
  if (code === NO_SUCH_ROOM) return "roomUnknown";
  return (Object.keys(REFUSAL) as RefusalName[]).find((name) => REFUSAL[name] === code);
}

/** In the player's language where the reason is a known one, else in the server's words. */
export function outcomeText(outcome: JoinOutcome): string {
  if (outcome.kind === "ended") return STRINGS.front.ended[outcome.why];
  const words: Partial<Record<RefusalName, string>> = STRINGS.front.refused;
  const name = refusalName(outcome.code);
  const text = name && words[name];
  // Which of the settings, only the server knows.
  return text && name === "badSettings" ? `${text} ${outcome.reason}` : (text ?? outcome.reason);
}
