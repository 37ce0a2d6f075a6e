import { expect, test } from "vitest";
import { DRONE_BODY_FIELDS } from "#shared/sim/world.ts";
import { OWN_FIELDS, POSE_FIELDS, VISIBLE_FIELDS } from "./state.ts";

test("[SCHEMA-1] the audience of an entity's fields follows from the schema's marks, in the order of the wire", () => {
  expect(VISIBLE_FIELDS.drone).toEqual([...POSE_FIELDS, "hp", "shield", "status", "name", "team", "score"]);
  expect(VISIBLE_FIELDS.pickup).toEqual(["x", "y", "kind"]);
  expect(OWN_FIELDS).toEqual([
    "vx",
    "vy",
    "cooldownTicks",
    "special",
    "ammo",
    "specialCooldownTicks",
    "dashTicks",
    "dashCooldownTicks",
    "hasteTicks",
    "overchargeTicks",
    "respawnTick",
  ]);
});

test("[SCHEMA-2] the own player receives every field that prediction reads", () => {
  const received = [...VISIBLE_FIELDS.drone, ...OWN_FIELDS];
  for (const field of DRONE_BODY_FIELDS) expect(received).toContain(field);
});
