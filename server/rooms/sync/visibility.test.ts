import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { freeSeat } from "#server/rooms/seats.ts";
import { expectNoComplaints } from "#server/testing/complaints.ts";
import { ViewWalk } from "#server/testing/viewWalk.ts";
import { WatchedFight } from "#server/testing/watchedFight.ts";
import { BUTTON } from "#shared/schema/input.ts";
import type { Drone } from "#shared/schema/state.ts";
import type { PlacedEvent } from "#shared/sim/event.ts";
import type { Place } from "#shared/sim/sight.ts";
import { command, drawArena } from "#shared/testing/builders.ts";

expectNoComplaints();

describe("a long walk through foundry and its bushes", () => {
  test.each([
    [10_000, 1],
    [3000, 2],
  ])("[VIEW-1] every client decodes what it may see, and nothing else: %i ticks, seed %i", (ticks, seed) => {
    const walk = new ViewWalk(seed);
    for (let patch = 0; walk.fight.world.state.tick < ticks; patch++) {
      walk.step();
      if (patch % 2 === 1) walk.step();
      walk.comeAndGo();
      walk.fight.patch();
      expect(walk.check(), `tick ${walk.fight.world.state.tick}`).toEqual([]);
    }
    const { counts } = walk.truth;
    for (const [what, times] of Object.entries({ ...counts, ...walk.counts })) {
      expect(times, what).toBeGreaterThan(10);
    }
    expect(counts.compared).toBeGreaterThan(10 * ticks);
  });
});

/** How a patch writes the first fields of a drone at this place. */
function bytesOf({ x, y }: Place): Buffer {
  const bytes = Buffer.from([128, 0, 0, 129, 0, 0]);
  bytes.writeUInt16LE(16 * x, 1);
  bytes.writeUInt16LE(16 * y, 4);
  return bytes;
}

const ROOM = drawArena(
  "########################################",
  "#S....................................S#",
  "#....bbb...............................#",
  "#....bbb...............................#",
  "#S....................................S#",
  "########################################",
);
/** The middle of the bush, a place far from it but in view, and a place close to it. */
const BUSH = { x: 416, y: 192 };
const FAR = { x: 1000, y: 160 };
const NEAR = { x: 540, y: 192 };

function watchedRoom(...ids: string[]) {
  const fight = new WatchedFight(ROOM, 1);
  const droneOf = (id: string): Drone => {
    const drone = fight.world.state.drones.get(id);
    if (!drone) throw new Error(`no drone "${id}"`);
    return drone;
  };
  for (const id of ids) fight.seat(id);
  const ann = fight.join("ann");
  fight.acknowledge(ann);
  return { fight, ann, droneOf };
}

describe("a bush", () => {
  test("[VIEW-2] hides a drone from the next patch on, but not its shot", () => {
    const { fight, ann, droneOf } = watchedRoom("hider");
    Object.assign(droneOf("ann"), FAR);
    Object.assign(droneOf("hider"), { x: BUSH.x, y: 100 });
    fight.patch();
    expect([...ann.decoded.drones.keys()].sort()).toEqual(["ann", "hider"]);
    Object.assign(droneOf("hider"), BUSH);
    fight.patch();
    expect([...ann.decoded.drones.keys()]).toEqual(["ann"]);

    fight.step(new Map([["hider", [command({ buttons: BUTTON.fire })]]]));
    fight.patch();
    expect(ann.decoded.drones.get("hider")).toMatchObject(BUSH);
    for (let tick = 0; tick < 30; tick++) {
      expect(ann.decoded.drones.has("hider"), `tick ${tick}`).toBe(true);
      if (tick < 14) expect(ann.decoded.projectiles.size, `tick ${tick}`).toBe(1);
      fight.step(new Map());
      fight.patch();
    }
    expect(ann.decoded.drones.has("hider")).toBe(false);
  });

  test("[VIEW-3] does not hide a drone from one that stands beside it", () => {
    const { fight, ann, droneOf } = watchedRoom("hider");
    Object.assign(droneOf("hider"), BUSH);
    Object.assign(droneOf("ann"), NEAR);
    fight.patch();
    expect(ann.decoded.drones.has("hider")).toBe(true);
    Object.assign(droneOf("ann"), { x: BUSH.x + 151 });
    fight.patch();
    expect(ann.decoded.drones.has("hider")).toBe(false);
  });

  test.each(["open", "refreshed"] as const)(
    "[VIEW-4] hides a drone from a page that drops and reconnects before the next patch (%s)",
    (page) => {
      const { fight, ann, droneOf } = watchedRoom("hider", "walker");
      Object.assign(droneOf("ann"), FAR);
      Object.assign(droneOf("walker"), FAR);
      Object.assign(droneOf("hider"), { x: BUSH.x, y: 100 });
      fight.patch();
      expect(ann.decoded.drones.size).toBe(3);
      fight.drop(ann);
      Object.assign(droneOf("hider"), BUSH);
      const back = fight.reconnect(ann, page);
      fight.acknowledge(back);
      expect(back.bytes.includes(bytesOf(BUSH))).toBe(false);
      expect([...back.decoded.drones.keys()]).toEqual(["ann"]);
      fight.patch();
      expect(back.bytes.includes(bytesOf(BUSH))).toBe(false);
      expect([...back.decoded.drones.keys()].sort()).toEqual(["ann", "walker"]);
      expect(back.decoded.drones.get("ann")).toMatchObject({ vx: 0, cooldownTicks: 0 });
    },
  );
});

describe("events", () => {
  /** Whether hider, near, far and away, in this order, may see the event. */
  const seenBy = (event: PlacedEvent, hider: object = BUSH) => {
    const { fight, droneOf } = watchedRoom("hider", "near", "far", "away");
    Object.assign(droneOf("hider"), hider);
    Object.assign(droneOf("near"), NEAR);
    Object.assign(droneOf("far"), FAR);
    Object.assign(droneOf("away"), { x: 1440, y: 192 });
    return ["hider", "near", "far", "away"].map((id) => fight.canSee(id, event));
  };
  const hit = (fields: object) => ({
    type: "hit" as const,
    weapon: "blaster" as const,
    damage: 20,
    ...BUSH,
    victim: "",
    shooter: "",
    ...fields,
  });

  test.each<[string, PlacedEvent, boolean[]]>([
    [
      "a hit on a hidden drone is seen close by",
      hit({ victim: "hider", shooter: "near" }),
      [true, true, false, false],
    ],
    [
      "a hit is seen by its shooter from afar",
      hit({ victim: "hider", shooter: "away" }),
      [true, true, false, true],
    ],
    [
      "a hit by a hidden drone is seen in view",
      hit({ victim: "near", shooter: "hider" }),
      [true, true, true, false],
    ],
    [
      "a respawn in a bush is seen close by",
      { type: "spawn", drone: "hider", ...BUSH },
      [true, true, false, false],
    ],
    [
      "an emote of a hidden drone is seen close by",
      { type: "emote", emote: "wave", drone: "hider", ...BUSH },
      [true, true, false, false],
    ],
    ["an explosion is seen in view", { type: "explode", drone: "gone", ...BUSH }, [true, true, true, false]],
    [
      "a beam is seen near either end",
      { type: "beam", shooter: "near", weapon: "rail", ...BUSH, toX: 1500, toY: 192 },
      [true, true, true, true],
    ],
  ])("[VIEW-5] %s", (_what, event, expected) => {
    expect(seenBy(event)).toEqual(expected);
  });

  test("[VIEW-6] a hit on a drone in the open is seen by all in view", () => {
    const event = hit({ victim: "hider", shooter: "away" });
    expect(seenBy(event, { x: BUSH.x, y: 100 })).toEqual([true, true, true, true]);
  });

  test("[VIEW-7] a client without a drone sees no event", () => {
    const { fight } = watchedRoom();
    expect(fight.canSee("nobody", { type: "explode", drone: "ann", ...BUSH })).toBe(false);
  });
});

describe("an entity that has left the state", () => {
  test("[VIEW-9] can be garbage-collected", async () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage: () => void = runInNewContext("gc");
    const { fight, ann, droneOf } = watchedRoom();
    Object.assign(droneOf("ann"), FAR);
    const gone: WeakRef<object>[] = [];
    for (let life = 0; life < 100; life++) {
      const { drones, projectiles } = fight.world.state;
      fight.seat("shooter");
      Object.assign(droneOf("shooter"), { x: FAR.x, y: 260 });
      fight.step(new Map([["shooter", [command({ buttons: BUTTON.fire })]]]));
      fight.patch();
      const shot = [...projectiles.keys()].at(-1) ?? "";
      for (const entity of [drones.get("shooter"), projectiles.get(shot)]) {
        if (entity) gone.push(new WeakRef<object>(entity));
      }
      freeSeat(fight.world.state, "shooter");
      projectiles.delete(shot);
      fight.patch();
    }
    expect(gone).toHaveLength(200);
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    // The encoder keeps a reference to the last instance that it wrote.
    expect(gone.filter((entity) => entity.deref()).length).toBeLessThan(5);
    expect(ann.decoded.drones.size).toBe(1);
  });
});

describe("a client that has not acknowledged its join", () => {
  test("[VIEW-8] learns what is in its view once it has", () => {
    const { fight, droneOf } = watchedRoom("shooter");
    const mute = fight.join("mute");
    Object.assign(droneOf("shooter"), FAR);
    for (const id of ["ann", "mute"]) Object.assign(droneOf(id), { x: FAR.x, y: 260 });
    for (let tick = 0; tick < 300; tick++) {
      fight.step(new Map([["shooter", [command({ buttons: BUTTON.fire })]]]));
      fight.patch();
    }
    fight.acknowledge(mute);
    fight.patch();
    expect(mute.decoded.drones.size).toBe(3);
  });

  test("[VIEW-11] whose drone has left meanwhile learns of no drone that took its place", () => {
    const { fight } = watchedRoom();
    const late = fight.join("late");
    freeSeat(fight.world.state, "late");
    fight.patch();
    fight.patch();
    fight.seat("newcomer");
    fight.patch();
    fight.acknowledge(late);
    expect([...late.decoded.drones.keys()]).toEqual([]);
  });
});

describe("a room of six hundred", () => {
  test("[VIEW-10] sends a newcomer the whole roster", () => {
    const { fight } = watchedRoom(...Array.from({ length: 600 }, (_, index) => `seat ${index}`));
    const bob = fight.join("bob");
    fight.acknowledge(bob);
    expect(bob.decoded.roster.size).toBe(602);
    expect(bob.decoded.roster.get("seat 599")).toMatchObject({ name: "public seat 599" });
    expect([...bob.decoded.drones.keys()]).toEqual(["bob"]);
  });
});
