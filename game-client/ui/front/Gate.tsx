/** A room's door, reached by a link, a code or the list: what the room is, and how the player can come in. */
import { useEffect, useState } from "preact/hooks";
import type { JoinOutcome } from "#client/joinRequest.ts";
import type { RoomLookup } from "#client/roomDirectory.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { Spinner } from "#client/ui/kit/Card.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { isRoomCode } from "#shared/protocol/roomCode.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { DoorForm } from "./DoorForm.tsx";
import { gateOffer, type Offer } from "./gateOffer.ts";
import { chosenMode } from "./ModeSelect.tsx";
import { chooseName } from "./NameField.tsx";
import { outcomeText } from "./OutcomeNotice.tsx";
import { Pane } from "./Pane.tsx";
import { RoomFacts, roomTitle } from "./RoomFacts.tsx";

interface GateProps {
  code: string;
  outcome?: JoinOutcome | undefined;
}

export function Gate({ code, outcome }: GateProps) {
  const { room, lookUpAgain } = useLookup(code);
  const title = room?.is === "open" ? roomTitle(room.listing) : STRINGS.front.gate.title;
  return (
    <Pane title={title} isName={room?.is === "open"}>
      <div class="pane-body" aria-busy={!room}>
        {room ? <Door room={room} code={code} outcome={outcome} again={lookUpAgain} /> : <Looking />}
      </div>
    </Pane>
  );
}

/** The room is undefined while the server is asked: on arrival, and after each `lookUpAgain`. */
function useLookup(code: string) {
  const intents = useIntents();
  const [room, setRoom] = useState<RoomLookup>();
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let isStale = false;
    void intents.lookUp(code).then((found) => {
      if (!isStale) setRoom(found);
    });
    return () => {
      isStale = true;
    };
  }, [intents, code, asked]);
  const lookUpAgain = () => {
    setRoom(undefined);
    setAsked(asked + 1);
  };
  return { room, lookUpAgain };
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
  const notice = why
    ? STRINGS.front.gate[why]
    : outcome && !isOutdated(outcome, room)
      ? outcomeText(outcome)
      : undefined;
  return (
    <>
      {isRoomCode(code) && <RoomFacts code={code} of={listing} />}
      <div aria-live="polite">{notice && <p class="notice">{notice}</p>}</div>
      {isOpen && listing && <DoorForm code={code} listing={listing} offers={offers} outcome={outcome} />}
      <OfferButtons offers={offers} code={code} again={again} mode={listing?.mode} />
    </>
  );
}

/** The seat to take over is gone ("room unknown"), but the room is open: say nothing of it. */
const isOutdated = (outcome: JoinOutcome, room: RoomLookup): boolean =>
  room.is === "open" && outcome.kind === "refused" && outcome.code === REFUSAL.roomUnknown;

interface OfferButtonsProps {
  offers: readonly Offer[];
  code: string;
  again(): void;
  /** This room's mode: quick play looks for the same. */
  mode: ModeName | undefined;
}

/** Every offer that DoorForm does not show, with the best one highlighted. */
function OfferButtons({ offers, code, again, mode }: OfferButtonsProps) {
  const intents = useIntents();
  const actions: Record<Exclude<Offer, "join" | "watch">, () => void> = {
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
        <Button key={offer} look={offer === offers[0] ? "primary" : "plain"} onPress={actions[offer]}>
          {STRINGS.front.gate.offers[offer]}
        </Button>
      ))}
    </div>
  );
}
