/** What the page offers at a room's door, from what it knows of the room and from the last join's outcome. */
import type { JoinOutcome } from "#client/joinRequest.ts";
import type { RoomLookup } from "#client/roomDirectory.ts";
import type { RoomListing } from "#shared/protocol/lobby.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

export type Offer =
  | "join"
  | "watch"
  /** Take over the seat that this browser has in another tab. */
  | "takeOver"
  /** Look the room up again. */
  | "again"
  | "quick"
  | "browse"
  | "host"
  /** Type another code. */
  | "code";

export interface GateOffer {
  /** Why the player cannot simply join; STRINGS.front.gate has the text. */
  why?:
    | "unreachable"
    | "tooMany"
    | "unknown"
    | "ended"
    | "yours"
    | "banned"
    | "locked"
    | "full"
    | "fullWatch";
  /** The best first. */
  offers: readonly Offer[];
}

export function gateOffer(room: RoomLookup, outcome: JoinOutcome | undefined): GateOffer {
  switch (room.is) {
    case "unreachable":
      return { why: "unreachable", offers: ["again"] };
    case "tooMany":
      return { why: "tooMany", offers: ["again", "quick"] };
    case "unknown":
      return { why: "unknown", offers: ["code", "browse", "quick", "host"] };
    case "ended":
      return { why: "ended", offers: ["host", "browse", "quick"] };
    case "open":
      // The lookup does not report a ban: only the refusal of a join does.
      if (outcome?.kind === "refused" && outcome.code === REFUSAL.banned)
        return { why: "banned", offers: ["quick", "browse", "host"] };
      return room.yours ? { why: "yours", offers: ["takeOver"] } : offerOf(room.listing);
  }
}

function offerOf({ locked, players, playersMax, spectating }: RoomListing): GateOffer {
  const mayWatch = spectating !== "off";
  if (locked) return { why: "locked", offers: ["again", "quick", "browse"] };
  if (players < playersMax) return { offers: mayWatch ? ["join", "watch"] : ["join"] };
  return mayWatch
    ? { why: "fullWatch", offers: ["watch", "again", "quick"] }
    : { why: "full", offers: ["again", "quick", "browse"] };
}
