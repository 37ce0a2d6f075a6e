/** Why the player is not, or no longer, in a room, with the best way on. */
import type { Ending, JoinOutcome } from "#client/joinRequest.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import type { FrontScreen } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { NO_SUCH_ROOM, REFUSAL } from "#shared/protocol/refusal.ts";

interface WayOn {
  text: keyof typeof STRINGS.front.offers;
  screen(code: string): FrontScreen;
}

const backToRoom = (text: WayOn["text"]): WayOn => ({ text, screen: (code) => ({ kind: "gate", code }) });
const hostAgain: WayOn = { text: "hostAgain", screen: () => ({ kind: "host" }) };

const WAYS_ON: Readonly<Record<Ending, WayOn>> = {
  kicked: backToRoom("backToRoom"),
  banned: { text: "otherRooms", screen: () => ({ kind: "browse" }) },
  takenOver: backToRoom("takeBack"),
  idle: backToRoom("playAgain"),
  roomEnded: hostAgain,
  gone: hostAgain,
};

export function OutcomeNotice({ outcome }: { outcome: JoinOutcome }) {
  const intents = useIntents();
  return (
    <div class="notice">
      <p>{outcomeText(outcome)}</p>
      {outcome.kind === "ended" && (
        <Button look="plain" onPress={() => intents.open(WAYS_ON[outcome.why].screen(outcome.code))}>
          {STRINGS.front.offers[WAYS_ON[outcome.why].text]}
        </Button>
      )}
    </div>
  );
}

type RefusalName = keyof typeof REFUSAL;

/** The text is in the player's language: the server's own reason is English, and goes to the browser's console. */
export function outcomeText(outcome: JoinOutcome): string {
  if (outcome.kind === "ended") return STRINGS.front.ended[outcome.why];
  const words: Partial<Record<RefusalName, string>> = STRINGS.front.refused;
  const name = refusalName(outcome.code);
  return (name && words[name]) ?? STRINGS.front.refused.other;
}

function refusalName(code: number): RefusalName | undefined {
  if (code === NO_SUCH_ROOM) return "roomUnknown";
  return (Object.keys(REFUSAL) as RefusalName[]).find((name) => REFUSAL[name] === code);
}
