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

test("[REF-1] six hundred drones that come and go one after the other all get short IDs and are decoded correctly", () => {
  const { fight, ann, drones } = watched();
  const assigned = new Set<number>();
  for (let visit = 0; visit < 600; visit++) {
    const id = `guest ${visit}`;
    fight.seat(id);
    // Each drone leaves as the next one arrives.
    drones.delete(`guest ${visit - 1}`);
    assigned.add(drones.get(id)?.[$refId] ?? Number.POSITIVE_INFINITY);
    fight.step(new Map());
    fight.patch();
    expect([...ann.decoded.drones.keys()].sort()).toEqual(["ann", id]);
    const { x, y } = drones.get(id) ?? {};
    expect(ann.decoded.drones.get(id)).toMatchObject({ x, y });
  }
  // All IDs of one byte are used in turn.
  expect(Math.max(...assigned)).toBeLessThan(128);
  expect(assigned.size).toBeGreaterThan(80);
});

test("[REF-2] of three hundred drones at once some get long IDs, and all IDs differ", () => {
  const { fight, ann, drones } = watched();
  for (let guest = 0; guest < 300; guest++) {
    fight.seat(`guest ${guest}`);
    // Colyseus warns when its buffer grows, which it does beyond a hundred new drones per patch.
    if (guest % 50 === 49) fight.patch();
  }
  // A freed ID is not assigned to the next drone.
  drones.delete("guest 7");
  fight.seat("late");
  fight.patch();
  const refIds = Array.from(drones.values(), (drone) => drone[$refId]);
  expect(new Set(refIds).size).toBe(301);
  expect([...ann.decoded.drones.keys()].sort()).toEqual([...drones.keys()].sort());
  for (const [id, { x, y }] of drones.entries()) {
    expect(ann.decoded.drones.get(id)).toMatchObject({ x, y });
  }
});

test("[REF-3] what is added in the patch in which others are removed gets none of their IDs", () => {
  const { fight, drones } = watched();
  for (let guest = 0; guest < 107; guest++) fight.seat(`guest ${guest}`);
  fight.patch();
  const idOf = (key: string) => drones.get(key)?.[$refId];
  const removed = [1, 2, 3, 4, 5].map((guest) => idOf(`guest ${guest}`));
  for (let guest = 1; guest <= 5; guest++) drones.delete(`guest ${guest}`);
  for (let late = 0; late < 5; late++) fight.seat(`late ${late}`);
  for (let late = 0; late < 5; late++) expect(removed).not.toContain(idOf(`late ${late}`));
  fight.patch();
  // Of one byte again.
  for (let later = 0; later < 5; later++) fight.seat(`later ${later}`);
  expect([0, 1, 2, 3, 4].map((later) => idOf(`later ${later}`)).sort()).toEqual(removed.sort());
});
