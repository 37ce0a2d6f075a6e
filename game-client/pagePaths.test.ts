/** Addresses of screens. */
import { expect, test } from "vitest";
import { editorPath, pathOf, roomAt, screenAt, transferPath } from "./pagePaths.ts";
import type { ReadPage } from "./ui/state/model.ts";

const at = (path: string) => {
  const { pathname, search, hash } = new URL(path, "https://fracas.example");
  return screenAt({ pathname, search, hash });
};

test.each<ReadPage>([
  { kind: "player", name: "Velvet Kestrel" },
  { kind: "player", name: "50% #/?ä" },
  { kind: "match", id: "0193a000-0000-7000-8000-000000000001" },
  { kind: "career" },
  { kind: "leaderboard" },
  { kind: "live" },
  { kind: "weapons" },
  { kind: "arenas" },
  { kind: "arena", id: "abcdefghij01" },
])("[PATHS-1] a page's address leads to it: %o", (page) => {
  expect(at(pathOf(page))).toEqual(page);
});

test("[PATHS-2] a transfer code travels in the fragment, which no server is sent, and a ticket in the query", () => {
  expect(transferPath("ABCD-EFGH")).toMatch(/^\/#/);
  expect(at(transferPath("ABCD-EFGH"))).toEqual({ kind: "account", code: "ABCD-EFGH" });
  expect(at("/#account")).toEqual({ kind: "account" });
  expect(at("/?signin=t1")).toEqual({ kind: "account", ticket: "t1" });
});

test.each([
  { id: "a1b2c3d4e5f6", key: "" },
  { id: "a1b2c3d4e5f6", key: "k-_1" },
])("[PANEL-6] an editor's address leads to it, with the key of its link: %o", (draft) => {
  expect(at(editorPath(draft))).toEqual({ kind: "editor", ...draft });
});

test.each([
  "/",
  "/?code=ABCD-EFGH",
  "/#",
  "/#code=",
  "/u/",
  "/u/a/b",
  "/m/",
  "/r/BCDFG#code=ABCD-EFGH",
  "/x",
])("[PATHS-3] %s is no page", (path) => {
  expect(at(path)).toBeUndefined();
});

test("[PATHS-4] broken escapes stay as they are", () => {
  expect(at("/u/50%")).toEqual({ kind: "player", name: "50%" });
  expect(roomAt("/r/bcd%2")).toBe("bcd%2");
  expect(roomAt("/r/bcdfg")).toBe("BCDFG");
  expect(roomAt("/u/x")).toBeUndefined();
});

test("[LIVE-11] the overlay's address names its room, in whatever case it was typed", () => {
  expect(at("/overlay/bcdfg?size=2")).toEqual({ kind: "overlay", code: "BCDFG" });
  expect(at("/overlay/BCDFG/")).toEqual({ kind: "overlay", code: "BCDFG" });
  expect(at("/overlay/")).toBeUndefined();
});
