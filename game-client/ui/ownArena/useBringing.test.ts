import { expect, test } from "vitest";
import { CallFailed } from "#client/progressCalls.ts";
import type { Fault } from "#shared/arena/fault.ts";
import type { ArenaFile } from "./arenaFile.ts";
import { give } from "./useBringing.ts";

const FILE: ArenaFile = { name: "quarry.tmj", tiledJson: "{}", json: {} };
const FAULTS: readonly Fault[] = [{ code: "notATiledMap", place: {}, values: {} }];

const given = (read: () => Promise<ArenaFile | "tooLarge">, send: () => Promise<void> = async () => {}) =>
  give(FILE.name, 1000, read, send);

test("[OWNARENA-6] a file that went through leaves nothing to say", async () => {
  expect(await given(async () => FILE)).toEqual({ is: "idle" });
});

test("[OWNARENA-7] a refused map comes back with its faults, and another refusal with its reason", async () => {
  const refuse = (error: CallFailed) =>
    given(
      async () => FILE,
      () => Promise.reject(error),
    );
  expect(await refuse(new CallFailed("refused", { code: 422, faults: FAULTS }))).toEqual({
    is: "faulty",
    file: FILE,
    faults: FAULTS,
  });
  expect(await refuse(new CallFailed("tooManyArenas", { code: 409 }))).toEqual({
    is: "failed",
    file: "quarry.tmj",
    why: "tooManyArenas",
  });
});

test("[OWNARENA-8] a file that cannot be read, or is too large, is not sent", async () => {
  const send = () => Promise.reject(new Error("sent"));
  expect(await given(() => Promise.reject(new Error("gone")), send)).toMatchObject({ is: "unreadable" });
  expect(await given(async () => "tooLarge", send)).toMatchObject({ is: "tooLarge", maxBytes: 1000 });
});
