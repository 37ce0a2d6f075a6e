/** The next best things, when a room cannot simply be joined. */

import { Button } from "#client/ui/kit/Button.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { ModeName } from "#shared/modes/modes.ts";
import type { Offer } from "./gateOffer.ts";
import { chosenMode } from "./ModeSelect.tsx";
import { chooseName } from "./NameField.tsx";

interface OfferButtonsProps {
  offers: readonly Offer[];
  code: string;
  again(): void;
  /** What was to be played here. */
  mode: ModeName | undefined;
}

export function OfferButtons({ offers, code, again, mode }: OfferButtonsProps) {
  const intents = useIntents();
  const does: Record<Exclude<Offer, "join" | "watch">, () => void> = {
    takeOver: () => intents.enter(chooseName(), { kind: "takeOver", code }),
    again,
    quick: () => intents.enter(chooseName(), { kind: "quick", mode: mode ?? chosenMode() }),
    browse: () => intents.open({ kind: "browse" }),
    host: () => intents.open({ kind: "host" }),
    code: () => intents.open({ kind: "code" }),
  };
  const shown = offers.filter((offer) => offer !== "join" && offer !== "watch");
  if (shown.length === 0) return null;
  return (
    <div class="pane-acts">
      {shown.map((offer) => (
        <Button key={offer} look={offer === offers[0] ? "primary" : "plain"} onPress={does[offer]}>
          {STRINGS.front.gate.offers[offer]}
        </Button>
      ))}
    </div>
  );
}
