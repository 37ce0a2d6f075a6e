/** The kinds of input whose costs are measured. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EDITOR_MESSAGES } from "#shared/protocol/editor.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { CLIENT_MESSAGES } from "#shared/protocol/messages.ts";
import { frameKinds, UNIT } from "./frameKinds.ts";
import { requestKinds, requestsTo } from "./requestKinds.ts";
import type { World } from "./world.ts";

/** Its answer is made as that of /healthz. */
const NOT_MEASURED: readonly string[] = [ROUTE.ready];

test("[FUZZ-37] every route and every message of the protocol is measured", () => {
  const paths = requestsTo("BCDFG", "FGHJK").map(({ path }) => path);
  const isAsked = (route: string) =>
    paths.some((path = "") => new RegExp(`^${route.replace(/:\w+/g, "[^/]+")}$`).test(path));
  expect(Object.values(ROUTE).filter((route) => !isAsked(route))).toEqual(NOT_MEASURED);
  const names = frameKinds({} as World).map(({ name }) => name);
  const isSent = (message: string) => names.some((name) => new RegExp(`^${message}\\b`).test(name));
  expect(Object.keys(CLIENT_MESSAGES).filter((message) => !isSent(message))).toEqual([]);
  expect(Object.keys(EDITOR_MESSAGES).filter((message) => !isSent(`editor ${message}`))).toEqual([]);
});

test("[FUZZ-27] every kind of input has a name of its own, and names a promise of docs/security.md", () => {
  const world = { target: { room: "BCDFG" }, host: { room: "FGHJK" } } as World;
  const kinds = [...frameKinds(world), ...requestKinds(world)];
  const page = readFileSync(new URL("../../../docs/security.md", import.meta.url), "utf8");
  expect(kinds.filter(({ promise }) => !new RegExp(`\\b${promise}\\b`).test(page))).toEqual([]);
  expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
  expect(kinds.every(({ accepted, refused }) => accepted ?? refused)).toBe(true);
  expect(kinds.find(({ name }) => name === UNIT)?.accepted).toBeDefined();
});
