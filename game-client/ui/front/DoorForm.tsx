/** Who are you, the password if the room has one, and in: to play, or to watch. */
import { useState } from "preact/hooks";
import { Button } from "#client/ui/Button.tsx";
import { PlayIcon } from "#client/ui/icons.tsx";
import { useIntents } from "#client/ui/intents.ts";
import { chooseName, NameField, useFocusOnArrival } from "#client/ui/NameField.tsx";
import type { Told } from "#client/way.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { RoomListing } from "#shared/protocol/roomInfo.ts";
import type { Offer } from "./gateOffer.ts";
import { EyeIcon } from "./icons.tsx";
import { TextField } from "./TextField.tsx";
import { WORDS } from "./words.ts";

interface DoorFormProps {
  code: string;
  listing: RoomListing;
  offers: readonly Offer[];
  told: Told | undefined;
}

export function DoorForm({ code, listing, offers, told }: DoorFormProps) {
  const intents = useIntents();
  const words = WORDS.gate;
  const isWrong = told?.kind === "refused" && told.code === REFUSAL.wrongPassword;
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
        <TextField field={field} name={WORDS.password} value={password} set={setPassword} maxLength={64} />
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
