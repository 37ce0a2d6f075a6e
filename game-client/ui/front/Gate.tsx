/** Before a room's door, which a link, a code or the list led to: what room it is, and how one comes in. */

import { useEffect, useState } from "preact/hooks";
import type { JoinOutcome } from "#client/joinRequest.ts";
import type { RoomLookup } from "#client/roomDirectory.ts";
import { Spinner } from "#client/ui/kit/Card.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { isRoomCode } from "#shared/protocol/roomCode.ts";
import { DoorForm } from "./DoorForm.tsx";
import { gateOffer } from "./gateOffer.ts";
import { OfferButtons } from "./OfferButtons.tsx";
import { outcomeText } from "./outcomeText.ts";
import { Pane } from "./Pane.tsx";
import { RoomFacts, roomTitle } from "./RoomFacts.tsx";

interface GateProps {
  code: string;
  outcome?: JoinOutcome | undefined;
}

export function Gate({ code, outcome }: GateProps) {
  const { room, again } = useLookup(code);
  const words = STRINGS.front.gate;
  const title = room?.is === "open" ? roomTitle(room.listing) : words.title;
  return (
    <Pane title={title}>
      <div class="pane-body" aria-busy={!room}>
        {room ? <Door room={room} code={code} outcome={outcome} again={again} /> : <Looking />}
      </div>
    </Pane>
  );
}

function Looking() {
  return (
    <div class="looking">
      <Spinner />
      <p role="status">{STRINGS.front.gate.looking}</p>
    </div>
  );
}

function Door({ room, code, outcome, again }: GateProps & { room: RoomLookup; again(): void }) {
  const { why, offers } = gateOffer(room, outcome);
  const isOpen = offers.includes("join") || offers.includes("watch");
  const listing = room.is === "open" ? room.listing : undefined;
  const outcomeWords =
    outcome && why === undefined && !isOutdated(outcome, room) ? outcomeText(outcome) : undefined;
  return (
    <>
      {isRoomCode(code) && <RoomFacts code={code} of={listing} />}
      <div aria-live="polite">
        {why && <p class="notice">{STRINGS.front.gate[why]}</p>}
        {outcomeWords && <p class="notice">{outcomeWords}</p>}
      </div>
      {isOpen && listing && <DoorForm code={code} listing={listing} offers={offers} outcome={outcome} />}
      <OfferButtons offers={offers} code={code} again={again} mode={listing?.mode} />
    </>
  );
}

/** The seat that was to be taken over was gone, but the room is not. */
const isOutdated = (outcome: JoinOutcome, room: RoomLookup): boolean =>
  room.is === "open" && outcome.kind === "refused" && outcome.code === REFUSAL.roomUnknown;

/** Asked when one arrives, and by `again`. */
function useLookup(code: string) {
  const intents = useIntents();
  const [room, setRoom] = useState<RoomLookup>();
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let stale = false;
    void intents.lookUp(code).then((found) => {
      if (!stale) setRoom(found);
    });
    return () => {
      stale = true;
    };
  }, [intents, code, asked]);
  const again = () => {
    setRoom(undefined);
    setAsked(asked + 1);
  };
  return { room, again };
}
