/** Why one is here without having wished to, and the next best thing. */

import type { Ending, JoinOutcome } from "#client/joinRequest.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { FrontScreen } from "./frontModel.ts";
import { outcomeText } from "./outcomeText.ts";

interface Offer {
  text: keyof typeof STRINGS.front.offers;
  open(code: string): FrontScreen;
}

const backIn = (text: Offer["text"]): Offer => ({ text, open: (code) => ({ kind: "gate", code }) });
const hostAgain: Offer = { text: "hostAgain", open: () => ({ kind: "host" }) };

const NEXT_BEST: Readonly<Record<Ending, Offer>> = {
  kicked: backIn("backToRoom"),
  banned: { text: "otherRooms", open: () => ({ kind: "browse" }) },
  takenOver: backIn("takeBack"),
  roomEnded: hostAgain,
  gone: hostAgain,
};

export function OutcomeNotice({ outcome }: { outcome: JoinOutcome }) {
  const intents = useIntents();
  const offer = outcome.kind === "ended" ? { ...NEXT_BEST[outcome.why], code: outcome.code } : undefined;
  return (
    <div class="notice">
      <p>{outcomeText(outcome)}</p>
      {offer && (
        <Button look="plain" onPress={() => intents.open(offer.open(offer.code))}>
          {STRINGS.front.offers[offer.text]}
        </Button>
      )}
    </div>
  );
}
