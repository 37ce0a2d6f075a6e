/** Why one is here without having wished to, and the next best thing. */
import { Button } from "#client/ui/Button.tsx";
import { useIntents } from "#client/ui/intents.ts";
import { STRINGS } from "#client/ui/strings.ts";
import type { Ending, Told } from "#client/way.ts";
import type { FrontScreen } from "./model.ts";
import { toldText } from "./toldText.ts";

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

export function TellTold({ told }: { told: Told }) {
  const intents = useIntents();
  const offer = told.kind === "ended" ? { ...NEXT_BEST[told.why], code: told.code } : undefined;
  return (
    <div class="notice">
      <p>{toldText(told)}</p>
      {offer && (
        <Button look="plain" onPress={() => intents.open(offer.open(offer.code))}>
          {STRINGS.front.offers[offer.text]}
        </Button>
      )}
    </div>
  );
}
