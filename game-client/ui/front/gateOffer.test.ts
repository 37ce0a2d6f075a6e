import { describe, expect, test } from "vitest";
import type { JoinOutcome } from "#client/joinRequest.ts";
import type { RoomLookup } from "#client/roomDirectory.ts";
import type { RoomListing } from "#shared/protocol/lobby.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { gateOffer } from "./gateOffer.ts";

const open = (listing: Partial<RoomListing> = {}, yours = false): RoomLookup => ({
  is: "open",
  code: "BCDFG",
  yours,
  listing: {
    title: "Ann's",
    hosted: true,
    mode: "deathmatch",
    map: "foundry",
    players: 3,
    playersMax: 8,
    bots: 0,
    spectators: 0,
    password: false,
    locked: false,
    spectating: "follow",
    ...listing,
  },
});
const refused = (code: number): JoinOutcome => ({ kind: "refused", code, reason: "why" });

describe("at a room's door", () => {
  test("[GATE-1] a room with space can be joined, and watched if it allows spectators", () => {
    expect(gateOffer(open(), undefined)).toEqual({ offers: ["join", "watch"] });
    expect(gateOffer(open({ spectating: "off" }), undefined)).toEqual({ offers: ["join"] });
  });

  test("[GATE-2] a full room can be watched if it allows spectators, and else offers to look again", () => {
    expect(gateOffer(open({ players: 8 }), undefined)).toMatchObject({
      why: "fullWatch",
      offers: ["watch", "again", "quick"],
    });
    expect(gateOffer(open({ players: 8, spectating: "off" }), undefined).offers[0]).toBe("again");
  });

  test.each<[string, RoomLookup, JoinOutcome | undefined, string]>([
    ["unknown", { is: "unknown" }, undefined, "code"],
    ["ended", { is: "ended" }, undefined, "host"],
    ["unreachable", { is: "unreachable" }, undefined, "again"],
    ["tooMany", { is: "tooMany" }, undefined, "again"],
    ["locked", open({ locked: true }), undefined, "again"],
    ["banned", open(), refused(REFUSAL.banned), "quick"],
    ["yours", open({ players: 8 }, true), undefined, "takeOver"],
  ])(
    "[GATE-3] a room that cannot be joined (%s) gives the reason, and the best way on comes first",
    (why, room, outcome, best) => {
      const offered = gateOffer(room, outcome);
      expect({ why: offered.why, best: offered.offers[0] }).toEqual({ why, best });
    },
  );

  test("[GATE-4] a wrong password can be corrected at the door", () => {
    expect(gateOffer(open({ password: true }), refused(REFUSAL.wrongPassword)).offers).toContain("join");
  });
});
