import { beforeEach, describe, expect, test } from "vitest";
import type { Visitor } from "#server/edge/visitor.ts";
import { RoomQuota } from "./roomQuota.ts";

const PER_NETWORK = 12;
const PER_IDENTITY = 3;

const alive = new Set<string>();
let quota: RoomQuota;
let made: number;
beforeEach(() => {
  alive.clear();
  made = 0;
  quota = new RoomQuota((roomId) => alive.has(roomId));
});

const visitor = (network: string, identity?: string, exempt = false): Visitor => ({
  network,
  identity,
  exempt,
});

/** Makes rooms until it may not, or has made 100. */
function makeRooms(by: Visitor): string[] {
  const rooms: string[] = [];
  while (rooms.length < 100 && quota.mayMake(by)) {
    const roomId = `room ${++made}`;
    alive.add(roomId);
    quota.made(roomId, by);
    rooms.push(roomId);
  }
  return rooms;
}

describe("rooms of one visitor", () => {
  test("[EDGE-QUOTA-1] an identity has three, wherever it makes them from", () => {
    const rooms = ["a", "b", "c", "d"].flatMap((network) => makeRooms(visitor(network, "ann")));
    expect(rooms).toHaveLength(PER_IDENTITY);
    expect(makeRooms(visitor("a", "bob"))).toHaveLength(PER_IDENTITY);
  });

  test("[EDGE-QUOTA-2] a network has twelve, of all who are in it and of those whom nobody knows", () => {
    const known = ["ann", "bob", "cid"].flatMap((identity) => makeRooms(visitor("a", identity)));
    expect(known).toHaveLength(3 * PER_IDENTITY);
    expect(makeRooms(visitor("a"))).toHaveLength(PER_NETWORK - known.length);
    expect(quota.mayMake(visitor("a", "dan"))).toBe(false);
    expect(quota.mayMake(visitor("b", "dan"))).toBe(true);
  });

  test("[EDGE-QUOTA-3] a room that is gone makes room for one, for its identity and for its network", () => {
    const [first = ""] = makeRooms(visitor("a", "ann"));
    makeRooms(visitor("a"));
    alive.delete(first);
    expect(makeRooms(visitor("a", "ann"))).toHaveLength(1);
    alive.clear();
    expect(makeRooms(visitor("a"))).toHaveLength(PER_NETWORK);
  });

  test("[EDGE-QUOTA-4] our own bots have as many as they like", () => {
    expect(makeRooms(visitor("a", undefined, true))).toHaveLength(100);
  });

  test("[EDGE-QUOTA-5] a room that is gone is asked about once more, and then forgotten", () => {
    const askedAbout: string[] = [];
    const watched = new RoomQuota((roomId) => {
      askedAbout.push(roomId);
      return roomId === "alive";
    });
    for (let network = 0; network < 100; network++) watched.made(`gone ${network}`, visitor(`${network}`));
    watched.made("alive", visitor("a"));
    watched.made("another", visitor("b"));
    const gone = askedAbout.filter((roomId) => roomId.startsWith("gone"));
    expect(gone).toHaveLength(100);
    expect(new Set(gone).size).toBe(100);
  });
});
