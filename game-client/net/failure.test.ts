import { expect, test } from "vitest";
import { describeFailure } from "./failure.ts";

const failed = (code: unknown, message = "why") => Object.assign(new Error(message), { code });

test.each([
  ["a name of the wrong type", failed(400), { kind: "idle", notice: "why" }],
  ["too many requests", failed(429), { kind: "idle", notice: "why" }],
  ["no such room (Colyseus' own code)", failed(520), { kind: "idle", notice: "why" }],
  ["an old page", failed(426), { kind: "stale" }],
  ["a server that is about to restart", failed(503), { kind: "restarting" }],
  ["a server that is full", failed(529), { kind: "idle", notice: "why" }],
  ["a proxy without a server behind it", failed(502), { kind: "unreachable", reason: "why" }],
  ["a socket that died during the join", failed(1006), { kind: "unreachable", reason: "why" }],
  ["no network", failed("ECONNREFUSED"), { kind: "unreachable", reason: "why" }],
  ["something that is no error", "why", { kind: "unreachable", reason: "why" }],
])("[FAILURE-1] %s", (_what, error, failure) => {
  expect(describeFailure(error)).toEqual(failure);
});
