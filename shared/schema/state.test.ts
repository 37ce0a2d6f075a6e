import { expect, test } from "vitest";
import { DRONE_BODY_FIELDS } from "#shared/sim/world.ts";
import { OWN_FIELDS, POSE_FIELDS } from "./state.ts";

test("[SCHEMA-1] the moving fields of a drone follow from the schema's marks, in the order of the wire", () => {
  expect(POSE_FIELDS).toEqual(["x", "y", "aim"]);
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
  const received = [...POSE_FIELDS, ...OWN_FIELDS, "hp"];
  for (const field of DRONE_BODY_FIELDS) expect(received).toContain(field);
});
