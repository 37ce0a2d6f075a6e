/** The kinds of input whose costs are measured. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { frameKinds, UNIT } from "./frameKinds.ts";
import { requestKinds } from "./requestKinds.ts";
import type { World } from "./world.ts";

test("[FUZZ-27] every kind of input has a name of its own, and names a promise of docs/security.md", () => {
  const world = { target: { room: "BCDFG" }, host: { room: "FGHJK" } } as World;
  const kinds = [...frameKinds(world), ...requestKinds(world)];
  const page = readFileSync(new URL("../../../docs/security.md", import.meta.url), "utf8");
  expect(kinds.filter(({ promise }) => !new RegExp(`\\b${promise}\\b`).test(page))).toEqual([]);
  expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
  expect(kinds.every(({ accepted, refused }) => accepted ?? refused)).toBe(true);
  expect(kinds.find(({ name }) => name === UNIT)?.accepted).toBeDefined();
});
