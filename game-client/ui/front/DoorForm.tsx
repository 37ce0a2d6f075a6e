/** The form at a room's door: the player's name, the password if there is one, and the buttons to play or watch. */
import { useState } from "preact/hooks";
import type { JoinOutcome } from "#client/joinRequest.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { TextField } from "#client/ui/kit/fields.tsx";
import { PlayIcon } from "#client/ui/kit/icons.tsx";
import { EyeIcon } from "#client/ui/kit/peopleIcons.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { RoomListing } from "#shared/protocol/lobby.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { Offer } from "./gateOffer.ts";
import { chooseName, NameField, useFocusOnArrival } from "./NameField.tsx";

interface DoorFormProps {
  code: string;
  listing: RoomListing;
  offers: readonly Offer[];
  outcome: JoinOutcome | undefined;
}

export function DoorForm({ code, listing, offers, outcome }: DoorFormProps) {
  const intents = useIntents();
  const words = STRINGS.front;
  const isWrongPassword = outcome?.kind === "refused" && outcome.code === REFUSAL.wrongPassword;
  const [password, setPassword] = useState("");
  const hasPassword = listing.password || isWrongPassword;
  const field = useFocusOnArrival(isWrongPassword);
  const mayPlay = offers.includes("join");

  const enter = (spectate: boolean) =>
    intents.enter(chooseName(), { kind: "code", code, password, spectate });
  return (
    <form
      class="door"
      onSubmit={(event) => {
        event.preventDefault();
        enter(!mayPlay);
      }}
    >
      <NameField focus={!isWrongPassword} />
      {hasPassword && (
        <TextField field={field} name={words.password} value={password} set={setPassword} maxLength={64} />
      )}
      <div class="pane-acts">
        <Button look="primary">
          {mayPlay ? words.gate.join : words.gate.watch}
          {mayPlay ? <PlayIcon /> : <EyeIcon />}
        </Button>
        {mayPlay && offers.includes("watch") && (
          <Button look="plain" onPress={() => enter(true)}>
            <EyeIcon />
            {words.gate.watch}
          </Button>
        )}
      </div>
    </form>
  );
}
