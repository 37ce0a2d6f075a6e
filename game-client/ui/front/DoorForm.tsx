/** Who are you, the password if the room has one, and in: to play, or to watch. */

import { useState } from "preact/hooks";
import type { JoinOutcome } from "#client/joinRequest.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { PlayIcon } from "#client/ui/kit/icons.tsx";
import { TextField } from "#client/ui/kit/TextField.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { RoomListing } from "#shared/protocol/lobby.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { Offer } from "./gateOffer.ts";
import { EyeIcon } from "./icons.tsx";
import { chooseName, NameField, useFocusOnArrival } from "./NameField.tsx";

interface DoorFormProps {
  code: string;
  listing: RoomListing;
  offers: readonly Offer[];
  outcome: JoinOutcome | undefined;
}

export function DoorForm({ code, listing, offers, outcome }: DoorFormProps) {
  const intents = useIntents();
  const words = STRINGS.front.gate;
  const isWrong = outcome?.kind === "refused" && outcome.code === REFUSAL.wrongPassword;
  const [password, setPassword] = useState("");
  const asks = listing.password || isWrong;
  const field = useFocusOnArrival(isWrong);
  const mayPlay = offers.includes("join");

  const enter = (spectate: boolean) =>
    intents.enter(chooseName(), { kind: "code", code, password, spectate });
  const submit = (event: Event) => {
    event.preventDefault();
    enter(!mayPlay);
  };
  return (
    <form class="door" onSubmit={submit}>
      <NameField focus={!isWrong} />
      {asks && (
        <TextField
          field={field}
          name={STRINGS.front.password}
          value={password}
          set={setPassword}
          maxLength={64}
        />
      )}
      <div class="pane-acts">
        <Button look="primary">
          {mayPlay ? words.join : words.watch}
          {mayPlay ? <PlayIcon /> : <EyeIcon />}
        </Button>
        {mayPlay && offers.includes("watch") && (
          <Button look="plain" onPress={() => enter(true)}>
            <EyeIcon />
            {words.watch}
          </Button>
        )}
      </div>
    </form>
  );
}
