import { beforeEach, describe, expect, test } from "vitest";
import type { Visitor } from "#server/edge/visitor.ts";
import { RoomQuota } from "./roomQuota.ts";

const PER_NETWORK = 12;
const PER_IDENTITY = 3;

const alive = new Set<string>();
let quota: RoomQuota;
let roomCount: number;
beforeEach(() => {
  alive.clear();
  roomCount = 0;
  quota = new RoomQuota((roomId) => alive.has(roomId));
});

const visitor = (network: string, identity?: string, isExempt = false): Visitor => ({
  network,
  identity,
  isExempt,
});

/** Creates rooms until the quota is reached, or 100 of them. */
function createRooms(by: Visitor): string[] {
  const rooms: string[] = [];
  while (rooms.length < 100 && quota.mayCreate(by)) {
    const roomId = `room ${++roomCount}`;
    alive.add(roomId);
    quota.addRoom(roomId, by);
    rooms.push(roomId);
  }
  return rooms;
}

describe("rooms of one visitor", () => {
  test("[EDGE-QUOTA-1] an identity may have three open rooms, counted over all networks", () => {
    const rooms = ["a", "b", "c", "d"].flatMap((network) => createRooms(visitor(network, "ann")));
    expect(rooms).toHaveLength(PER_IDENTITY);
    expect(createRooms(visitor("a", "bob"))).toHaveLength(PER_IDENTITY);
  });

  test("[EDGE-QUOTA-2] a network may have twelve open rooms, counted over all identities and visitors without one", () => {
    const known = ["ann", "bob", "cid"].flatMap((identity) => createRooms(visitor("a", identity)));
    expect(known).toHaveLength(3 * PER_IDENTITY);
    expect(createRooms(visitor("a"))).toHaveLength(PER_NETWORK - known.length);
    expect(quota.mayCreate(visitor("a", "dan"))).toBe(false);
    expect(quota.mayCreate(visitor("b", "dan"))).toBe(true);
  });

  test("[EDGE-QUOTA-6] the networks of a /48 may have 48 open rooms together", () => {
    const networks = Array.from({ length: 100 }, (_, at) => `2001:db8:1:${(at * 256).toString(16)}::/64`);
    expect(networks.flatMap((network) => createRooms(visitor(network)))).toHaveLength(4 * PER_NETWORK);
    expect(quota.mayCreate(visitor("2001:db8:2::/64"))).toBe(true);
  });

  test("[EDGE-QUOTA-3] a room that closed frees its place in the quotas of its identity and of its network", () => {
    const [first = ""] = createRooms(visitor("a", "ann"));
    createRooms(visitor("a"));
    alive.delete(first);
    expect(createRooms(visitor("a", "ann"))).toHaveLength(1);
    alive.clear();
    expect(createRooms(visitor("a"))).toHaveLength(PER_NETWORK);
  });

  test("[EDGE-QUOTA-4] exempt visitors have no quota", () => {
    expect(createRooms(visitor("a", undefined, true))).toHaveLength(100);
  });

  test("[EDGE-QUOTA-5] forgets a closed room once it has seen that it is closed", () => {
    const checked: string[] = [];
    const watched = new RoomQuota((roomId) => {
      checked.push(roomId);
      return roomId === "alive";
    });
    for (let network = 0; network < 100; network++) watched.addRoom(`gone ${network}`, visitor(`${network}`));
    watched.addRoom("alive", visitor("a"));
    watched.addRoom("another", visitor("b"));
    const gone = checked.filter((roomId) => roomId.startsWith("gone"));
    expect(gone).toHaveLength(100);
    expect(new Set(gone).size).toBe(100);
  });
});
