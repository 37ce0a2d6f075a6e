import { CloseCode, ErrorCode } from "@colyseus/core";
import { expect, test } from "vitest";
import { CLOSE } from "./closeCodes.ts";
import { mapPath, pathTo, ROUTE } from "./http.ts";
import { NO_SUCH_ROOM } from "./refusal.ts";

test("[ROUTE-1] pathTo replaces every parameter of a route, URI-encoded", () => {
  expect(pathTo(ROUTE.maps)).toBe("/api/maps");
  expect(pathTo(ROUTE.map, { name: "foundry" })).toBe("/api/maps/foundry.tmj");
  expect(pathTo(ROUTE.takeover, { code: "BCDFG" })).toBe("/api/rooms/BCDFG/takeover");
  expect(pathTo(ROUTE.matchmake, { method: "joinById", room: "a/b" })).toBe("/matchmake/joinById/a%2Fb");
});

test("[ROUTE-3] a map has its path by its name, and a brought arena by its SHA-256", () => {
  expect(mapPath("foundry")).toBe("/api/maps/foundry.tmj");
  expect(mapPath("0a".repeat(32))).toBe(`/api/arenas/${"0a".repeat(32)}.tmj`);
  expect(mapPath("0A".repeat(32))).toMatch(/^\/api\/maps\//);
});

test("[ROUTE-2] the codes that the protocol shares with Colyseus are Colyseus' own", () => {
  expect(NO_SUCH_ROOM).toBe(ErrorCode.MATCHMAKE_INVALID_ROOM_ID);
  expect(CLOSE.restarting).toBe(CloseCode.MAY_TRY_RECONNECT);
  expect(CLOSE.tooSlow).toBe(CloseCode.MAY_TRY_RECONNECT);
});
