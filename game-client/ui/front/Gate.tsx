/** Before a room's door, which a link, a code or the list led to: what room it is, and how one comes in. */
import { useEffect, useState } from "preact/hooks";
import type { RoomLookup } from "#client/outside.ts";
import { Spinner } from "#client/ui/Card.tsx";
import { useIntents } from "#client/ui/intents.ts";
import { STRINGS } from "#client/ui/strings.ts";
import type { Told } from "#client/way.ts";
import { isRoomCode } from "#shared/protocol/roomCode.ts";
import { DoorForm } from "./DoorForm.tsx";
import { gateOffer } from "./gateOffer.ts";
import { OfferButtons } from "./OfferButtons.tsx";
import { Pane } from "./Pane.tsx";
import { RoomFacts, roomTitle } from "./RoomFacts.tsx";
import { toldText } from "./toldText.ts";

interface GateProps {
  code: string;
  told?: Told | undefined;
}

export function Gate({ code, told }: GateProps) {
  const { room, again } = useLookup(code);
  const words = STRINGS.front.gate;
  const title = room?.is === "open" ? roomTitle(room.listing) : words.title;
  return (
    <Pane title={title}>
      <div class="pane-body" aria-busy={!room}>
        {room ? <Door room={room} code={code} told={told} again={again} /> : <Looking />}
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

function Door({ room, code, told, again }: GateProps & { room: RoomLookup; again(): void }) {
  const { why, offers } = gateOffer(room, told);
  const isOpen = offers.includes("join") || offers.includes("watch");
  // What the server said last is newer than what the room looks like from outside, unless both say the same.
  const toldWords = told && why === undefined ? toldText(told) : undefined;
  const listing = room.is === "open" ? room.listing : undefined;
  return (
    <>
      {isRoomCode(code) && <RoomFacts code={code} of={listing} />}
      <div aria-live="polite">
        {why && <p class="notice">{STRINGS.front.gate[why]}</p>}
        {toldWords && <p class="notice">{toldWords}</p>}
      </div>
      {isOpen && listing && <DoorForm code={code} listing={listing} offers={offers} told={told} />}
      <OfferButtons offers={offers} code={code} again={again} mode={listing?.mode} />
    </>
  );
}

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
