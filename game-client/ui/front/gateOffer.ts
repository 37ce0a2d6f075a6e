/** What can be done before a room's door: of what is known of the room, and of what the server said last. */

import type { JoinOutcome } from "#client/joinRequest.ts";
import type { RoomLookup } from "#client/roomDirectory.ts";
import type { RoomListing } from "#shared/protocol/lobby.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

export type Offer =
  | "join"
  | "watch"
  /** The seat of this browser's other tab. */
  | "takeOver"
  /** Ask anew. */
  | "again"
  | "quick"
  | "browse"
  | "host"
  /** Type another code. */
  | "code";

export interface GateOffer {
  /** Why one cannot simply come in; in words of STRINGS.front.gate. */
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
      // Of a ban the room tells nobody but who is banned.
      if (outcome?.kind === "refused" && outcome.code === REFUSAL.banned)
        return { why: "banned", offers: ["quick", "browse", "host"] };
      return room.yours ? { why: "yours", offers: ["takeOver"] } : doorOf(room.listing);
  }
}

function doorOf({ locked, players, playersMax, spectating }: RoomListing): GateOffer {
  const mayWatch = spectating !== "off";
  if (locked) return { why: "locked", offers: ["again", "quick", "browse"] };
  if (players < playersMax) return { offers: mayWatch ? ["join", "watch"] : ["join"] };
  return mayWatch
    ? { why: "fullWatch", offers: ["watch", "again", "quick"] }
    : { why: "full", offers: ["again", "quick", "browse"] };
}
