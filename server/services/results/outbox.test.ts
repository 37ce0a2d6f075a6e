/** The folder of results: what outlives what, and what is never believed. */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { MatchResult } from "#server/store/results/matchResult.ts";
import { captureLog, type LogLine } from "#server/testing/captureLog.ts";
import { aResult, drawFrom, drawMatch, matchId } from "#server/testing/matches.ts";
import { Outbox } from "./outbox.ts";

let parent: string;
let folder: string;
let lines: LogLine[];
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "fracas-outbox-"));
  folder = join(parent, "outbox");
  lines = captureLog();
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const openOutbox = () => new Outbox(folder, MatchResult);
const bad = () => readdir(join(folder, "bad"));

test("[RESULTBOX-1] gives back what was written, oldest first, to the next run too, until it is removed", async () => {
  const draw = drawFrom(4);
  const matches = Array.from({ length: 12 }, (_, number) => drawMatch(draw, number, 30));
  for (const match of matches.toReversed()) await openOutbox().write(match);
  const outbox = openOutbox();
  expect(await outbox.list()).toEqual(matches.map(({ id }) => id));
  for (const match of matches) {
    expect(await outbox.read(match.id)).toEqual(match);
    await outbox.remove(match.id);
    await outbox.remove(match.id);
    expect(await outbox.read(match.id)).toBeUndefined();
  }
  expect(await readdir(folder)).toEqual(["bad"]);
});

test("[RESULTBOX-2] a file that ends at any byte, or whose rest is zeros, is set aside with an error, and kept", async () => {
  const result = aResult();
  const path = join(folder, `${result.id}.json`);
  const outbox = openOutbox();
  await outbox.write(result);
  const whole = await readFile(path);
  let damaged = 0;
  for (let length = 0; length < whole.length; length++) {
    const zeros = Buffer.alloc(length % 2 === 0 ? 0 : whole.length - length);
    const bytes = Buffer.concat([whole.subarray(0, length), zeros]);
    await writeFile(path, bytes);
    expect(await outbox.read(result.id)).toBeUndefined();
    expect(await outbox.list()).toEqual([]);
    expect(await readFile(join(folder, "bad", `${result.id}.json`))).toEqual(bytes);
    expect(outbox.asideCount).toBe(++damaged);
  }
  expect(lines).toHaveLength(damaged);
  expect(lines[0]).toMatchObject({ level: 50, msg: expect.stringContaining("set aside") });
});

test("[RESULTBOX-3] the next run deletes what interrupted writes of ended processes left, and nothing else", async () => {
  const [one, other] = [aResult(), aResult({ id: matchId(0, 7) })];
  const ended = spawnSync(process.execPath, ["--version"]).pid;
  await openOutbox().write(one);
  await writeFile(join(folder, `${other.id}.json.${ended}.draft`), '{"id":');
  // Its process has the id of one that runs now.
  await writeFile(join(folder, `${one.id}.json.${process.ppid}.draft`), '{"id":');
  await utimes(join(folder, `${one.id}.json.${process.ppid}.draft`), 0, 0);
  const running = `${other.id}.json.${process.ppid}.draft`;
  await writeFile(join(folder, running), '{"id":');
  await writeFile(join(folder, "notes.txt"), "an operator's");
  expect(await openOutbox().list()).toEqual([one.id]);
  expect((await readdir(folder)).toSorted()).toEqual(
    [`${one.id}.json`, running, "bad", "notes.txt"].toSorted(),
  );
});

test.each([
  ["another match's", () => JSON.stringify(aResult({ id: matchId(0, 9) }))],
  ["a number", () => "1"],
  ["null", () => "null"],
  ["a field too many", () => JSON.stringify({ ...aResult(), admin: true })],
  ["a negative count", () => JSON.stringify(aResult()).replace('"kills":6', '"kills":-6')],
  ["an unknown mode", () => JSON.stringify(aResult()).replace("teamDeathmatch", "cheating")],
  ["9 MB", () => `${JSON.stringify(aResult())}${" ".repeat(9_000_000)}`],
])("[RESULTBOX-4] a file that holds %s is set aside", async (_what, text) => {
  const outbox = openOutbox();
  const { id } = aResult();
  expect(await outbox.list()).toEqual([]);
  await writeFile(join(folder, `${id}.json`), text());
  expect(await outbox.read(id)).toBeUndefined();
  expect(await bad()).toEqual([`${id}.json`]);
  expect(openOutbox().asideCount).toBe(0);
});

test("[RESULTBOX-5] a folder that cannot be written throws, leaves nothing, and is used once it can", async () => {
  await writeFile(folder, "a file in the folder's place");
  const outbox = openOutbox();
  await expect(outbox.write(aResult())).rejects.toMatchObject({ code: "ENOTDIR" });
  await expect(outbox.list()).rejects.toMatchObject({ code: "ENOTDIR" });
  await rm(folder);
  await outbox.write(aResult());
  await rm(folder, { recursive: true });
  await expect(outbox.write(aResult())).rejects.toMatchObject({ code: "ENOENT" });
  await outbox.write(aResult());
  expect(await outbox.list()).toEqual([aResult().id]);
  await mkdir(join(folder, `${matchId(0, 3)}.json`));
  await expect(outbox.read(matchId(0, 3))).rejects.toMatchObject({ code: "EISDIR" });
});
