import { expect, test } from "vitest";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { describeFailure, endingOf, saysRoomIsGone } from "./failure.ts";

const refused = (code: number) => ({ kind: "idle", outcome: { kind: "refused", code, reason: "why" } });
const failed = (code: unknown, message = "why") => Object.assign(new Error(message), { code });

test.each([
  ["a name of the wrong type", failed(400), refused(400)],
  ["too many requests", failed(429), refused(429)],
  ["no such room (Colyseus' own code)", failed(520), refused(520)],
  ["an old page", failed(426), { kind: "stale" }],
  ["a server that is about to restart", failed(503), { kind: "restarting" }],
  ["a server that is full", failed(529), refused(529)],
  ["a proxy without a server behind it", failed(502), { kind: "unreachable", reason: "why" }],
  ["a socket that died during the join", failed(1006), { kind: "unreachable", reason: "why" }],
  ["no network", failed("ECONNREFUSED"), { kind: "unreachable", reason: "why" }],
  ["a thrown string", "why", { kind: "unreachable", reason: "why" }],
])("[FAILURE-1] the page distinguishes: %s", (_what, error, failure) => {
  expect(describeFailure(error)).toEqual(failure);
});

test.each([
  [404, true],
  [410, true],
  [522, true],
  [423, false],
  [460, false],
])("[FAILURE-2] a refusal with %i means that the room is gone: %s", (code, gone) => {
  expect(saysRoomIsGone({ code })).toBe(gone);
});

test.each([
  [CLOSE.kicked, "kicked"],
  [CLOSE.banned, "banned"],
  [CLOSE.takenOver, "takenOver"],
  [CLOSE.roomEnded, "roomEnded"],
  [CLOSE.idle, "idle"],
  [CLOSE.roomFailed, undefined],
  [CLOSE.restarting, undefined],
  [1006, undefined],
])("[FAILURE-3] close code %i ends the stay for good: %s", (code, why) => {
  expect(endingOf(code)).toBe(why);
});
