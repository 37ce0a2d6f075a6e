import { $refId } from "@colyseus/schema";
import { expect, test } from "vitest";
import { expectNoComplaints } from "#server/testing/complaints.ts";
import { WatchedFight } from "#server/testing/watchedFight.ts";
import { drawArena } from "#shared/testing/builders.ts";

const ROOM = drawArena("##########", "#S......S#", "#S......S#", "##########");

expectNoComplaints();

function watched() {
  const fight = new WatchedFight(ROOM, 3);
  const ann = fight.join("ann");
  fight.acknowledge(ann);
  fight.patch();
  return { fight, ann, drones: fight.world.state.drones };
}

test("[REF-1] six hundred come and go, one after the other: each has a short number, and is told of rightly", () => {
  const { fight, ann, drones } = watched();
  const given = new Set<number>();
  for (let visit = 0; visit < 600; visit++) {
    const id = `guest ${visit}`;
    fight.seat(id);
    // The last one leaves as the next one comes.
    drones.delete(`guest ${visit - 1}`);
    given.add(drones.get(id)?.[$refId] ?? Number.POSITIVE_INFINITY);
    fight.step(new Map());
    fight.patch();
    expect([...ann.decoded.drones.keys()].sort()).toEqual(["ann", id]);
    const { x, y, name } = drones.get(id) ?? {};
    expect(ann.decoded.drones.get(id)).toMatchObject({ x, y, name });
  }
  expect(Math.max(...given)).toBeLessThan(256);
  // All of them had their turn, and some had it again.
  expect(given.size).toBeGreaterThan(200);
});

test("[REF-2] with three hundred at once some have long ones, and none is anybody else's", () => {
  const { fight, ann, drones } = watched();
  for (let guest = 0; guest < 300; guest++) {
    fight.seat(`guest ${guest}`);
    // Colyseus' buffer holds a hundred newcomers; it grows for more, and says so.
    if (guest % 50 === 49) fight.patch();
  }
  // A leaver's number is not the next one's.
  drones.delete("guest 7");
  fight.seat("late");
  fight.patch();
  const numbers = Array.from(drones.values(), (drone) => drone[$refId]);
  expect(new Set(numbers).size).toBe(301);
  expect([...ann.decoded.drones.keys()].sort()).toEqual([...drones.keys()].sort());
  for (const [id, { x, y, name }] of drones.entries()) {
    expect(ann.decoded.drones.get(id)).toMatchObject({ x, y, name });
  }
});
