/** The shelf and its sweep, with real files. */
import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { MAPS } from "#server/arenas.ts";
import { captureLog } from "#server/testing/captureLog.ts";
import { matchId } from "#server/testing/matches.ts";
import { GOLDEN, goldenIndex, putReplay, replayWith } from "#server/testing/replayFiles.ts";
import { writeFrames } from "#shared/replay/frames.ts";
import { ReplayError } from "#shared/replay/replayError.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { keepArena, readArena } from "./arenas.ts";
import { fileTapes } from "./fileTape.ts";
import { Shelf } from "./shelf.ts";
import { ORPHAN_MS, ReplaySweep, type ShelfBounds } from "./sweep.ts";

const HOUR_MS = 3_600_000;
const NOW_MS = Date.UTC(2026, 10, 28);
const WIDE: ShelfBounds = { count: 1000, ageMs: 1000 * HOUR_MS, bytes: 1e9 };
/** The id of the match that began so many hours ago. */
const ago = (hours: number) => matchId(NOW_MS - hours * HOUR_MS, hours);

let folder: string;
let shelf: Shelf;
beforeEach(() => {
  captureLog();
  folder = join(temporaryFolder("shelf"), "replays");
  shelf = new Shelf(folder);
});

const sweepOnce = async (bounds: Partial<ShelfBounds> = {}, nowMs = NOW_MS) => {
  const sweep = new ReplaySweep(folder, { ...WIDE, ...bounds });
  await sweep.sweep(nowMs);
  return sweep;
};
const left = async () => (await shelf.list()).map(({ id }) => id);

describe("the bounds", () => {
  test("[SHELF-1] keep the newest replays by number, by age and by size, and count what is left", async () => {
    for (let hours = 1; hours <= 6; hours++) putReplay(folder, ago(hours));
    expect((await sweepOnce({ count: 5 })).sums).toEqual({ count: 5, bytes: 5 * GOLDEN.length, pinned: 0 });
    expect(await left()).toEqual([1, 2, 3, 4, 5].map(ago));
    await sweepOnce({ ageMs: 3.5 * HOUR_MS });
    expect(await left()).toEqual([1, 2, 3].map(ago));
    await sweepOnce({ bytes: 2.9 * GOLDEN.length });
    expect(await left()).toEqual([1, 2].map(ago));
    await sweepOnce({ bytes: 0 });
    expect(await left()).toEqual([]);
  });

  test("[SHELF-2] leave a pinned replay until it is unpinned, and count it; one that is written counts by its size", async () => {
    for (let hours = 1; hours <= 4; hours++) putReplay(folder, ago(hours));
    expect(await shelf.pin(ago(4))).toBe(true);
    putReplay(folder, ago(0), GOLDEN, "part");
    const sweep = await sweepOnce({ count: 2, ageMs: 3.5 * HOUR_MS });
    expect(sweep.sums).toEqual({ count: 2, bytes: 3 * GOLDEN.length, pinned: 1 });
    expect(await left()).toEqual([ago(1), ago(4)]);
    expect(await shelf.list()).toMatchObject([{ isPinned: false }, { isPinned: true, bytes: GOLDEN.length }]);
    await sweepOnce({ bytes: 2 * GOLDEN.length });
    expect(await left()).toEqual([ago(4)]);
    expect([await shelf.unpin(ago(4)), await shelf.unpin(ago(4))]).toEqual([true, false]);
    await sweepOnce({ ageMs: 3.5 * HOUR_MS });
    expect(await left()).toEqual([]);
  });

  test("[SHELF-3] delete nothing that is no replay, and forget the pin of a replay that has gone", async () => {
    putReplay(folder, ago(1));
    putReplay(folder, ago(2), new Uint8Array(), "pin");
    mkdirSync(join(folder, "kept"));
    for (const name of ["notes.txt", "x.replay", `${ago(3)}.replay.bak`])
      writeFileSync(join(folder, name), "");
    await sweepOnce({ count: 1, bytes: 1e6 });
    expect(readdirSync(folder).sort()).toEqual(
      ["kept", "notes.txt", "x.replay", `${ago(3)}.replay.bak`, `${ago(1)}.replay`].sort(),
    );
    await expect(sweepOnce()).resolves.toBeDefined();
  });

  test("[SHELF-4] of a folder that does not exist hold", async () => {
    expect((await sweepOnce()).sums).toEqual({ count: 0, bytes: 0, pinned: 0 });
    expect([await left(), await shelf.has(ago(1)), await shelf.find(ago(1))]).toEqual([[], false, undefined]);
  });
});

describe("a part", () => {
  test("[SHELF-46] that is the largest goes when parts alone take more than replays may, and its match plays on", async () => {
    const failures: unknown[] = [];
    const failed = (match: string, error: unknown) => void failures.push({ match, error });
    const tapes = fileTapes({ folder, tiledJsonOf: () => undefined, failed });
    const { head } = await goldenIndex();
    const tape = tapes.open({ ...head, match: ago(2) });
    // It does not compress.
    const bytes = new Uint8Array(randomBytes(60_000));
    tape.add({ fromMs: 0, toMs: 0, frames: writeFrames([{ atMs: 0, bytes }]) });
    await tapes.written();
    putReplay(folder, ago(1), GOLDEN, "part");
    putReplay(folder, ago(3));
    const parts = () => readdirSync(folder).filter((name) => name.endsWith(".part"));
    expect(statSync(join(folder, `${ago(2)}.part`)).size).toBeGreaterThan(GOLDEN.length);
    const { sums } = await sweepOnce({ bytes: 2 * GOLDEN.length });
    expect(parts()).toEqual([`${ago(1)}.part`]);
    expect(sums).toEqual({ count: 1, bytes: 2 * GOLDEN.length, pinned: 0 });
    tape.add({ fromMs: 1, toMs: 1, frames: writeFrames([{ atMs: 1, bytes }]) });
    tape.finish({ marks: [], people: [] });
    await tapes.written();
    expect(tape.isOver).toBe(true);
    expect(failures).toMatchObject([{ match: ago(2), error: { code: "ENOENT" } }]);
    expect(parts()).toEqual([`${ago(1)}.part`]);
    expect(await left()).toEqual([ago(3)]);
  });

  test("[SHELF-47] or a replay that cannot be read or deleted keeps the others within their bounds all the same", async () => {
    mkdirSync(join(folder, `${ago(9)}.part`), { recursive: true });
    mkdirSync(join(folder, `${ago(8)}.replay`));
    for (let hours = 1; hours <= 3; hours++) putReplay(folder, ago(hours));
    const sweep = await sweepOnce({ count: 2 });
    await sweep.sweep(NOW_MS + ORPHAN_MS + 1);
    expect(readdirSync(folder).filter((name) => name.endsWith(".replay"))).toEqual(
      expect.not.arrayContaining([`${ago(3)}.replay`]),
    );
    expect(await shelf.find(ago(1))).toBeDefined();
  });

  test("[SHELF-5] is no replay, however whole it looks", async () => {
    putReplay(folder, ago(1), GOLDEN, "part");
    await sweepOnce();
    const id = ago(1);
    expect([await shelf.find(id), await shelf.info(id), await shelf.has(id), await left()]).toEqual([
      undefined,
      undefined,
      false,
      [],
    ]);
    expect([await shelf.pin(id), await shelf.delete(id)]).toEqual([false, false]);
  });

  test("[SHELF-6] becomes one once it has not grown for minutes that the sweep saw, with its finished segments", async () => {
    const { segments } = await goldenIndex();
    const cut = GOLDEN.subarray(0, (segments[2]?.at ?? 0) + 100);
    const path = putReplay(folder, ago(1), cut, "part");
    // However old its file is: the server may have been down.
    utimesSync(path, 1, 1);
    const sweep = await sweepOnce();
    await sweep.sweep(NOW_MS + ORPHAN_MS);
    expect(await left()).toEqual([]);
    appendFileSync(path, "one more byte");
    await sweep.sweep(NOW_MS + ORPHAN_MS + 1);
    await sweep.sweep(NOW_MS + 2 * ORPHAN_MS);
    expect(await left()).toEqual([]);
    await sweep.sweep(NOW_MS + 2 * ORPHAN_MS + 2);
    expect(await left()).toEqual([ago(1)]);
    expect(await shelf.info(ago(1))).toMatchObject({ segments: segments.slice(0, 2), marks: [], people: [] });
  });

  test("[SHELF-7] that has nothing to show is deleted, and so is one whose replay is there", async () => {
    const { segments } = await goldenIndex();
    putReplay(folder, ago(1), GOLDEN.subarray(0, segments[0]?.at), "part");
    putReplay(folder, ago(2), new Uint8Array(30), "part");
    putReplay(folder, ago(3), GOLDEN.subarray(0, 20_000), "part");
    putReplay(folder, ago(3));
    const sweep = await sweepOnce();
    await sweep.sweep(NOW_MS + ORPHAN_MS + 1);
    expect(readdirSync(folder)).toEqual([`${ago(3)}.replay`]);
    expect(readFileSync(join(folder, `${ago(3)}.replay`))).toEqual(GOLDEN);
  });
});

describe("an id from outside", () => {
  test("[SHELF-8] names no other file", async () => {
    putReplay(folder, ago(1));
    const outside = join(folder, "..", `${ago(2)}.replay`);
    writeFileSync(outside, GOLDEN);
    const tricks = [
      `../${ago(2)}`,
      `..%2f${ago(2)}`,
      `${ago(1)}.replay`,
      `${ago(1)}/`,
      `${ago(1)}\0`,
      `./${ago(1)}`,
      `${ago(1)}\n`,
      "",
      ".",
      "constructor",
      "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    ];
    for (const trick of tricks) {
      expect(await shelf.find(trick), trick).toBeUndefined();
      expect(await shelf.info(trick), trick).toBeUndefined();
      expect([await shelf.pin(trick), await shelf.unpin(trick), await shelf.delete(trick)]).not.toContain(
        true,
      );
    }
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        expect(await shelf.find(text)).toBeUndefined();
      }),
    );
    expect(await shelf.find(ago(1).toUpperCase())).toBe(join(folder, `${ago(1)}.replay`));
    expect(existsSync(outside)).toBe(true);
  });

  test("[SHELF-9] of a replay that is damaged or from a later version rejects with the reason", async () => {
    putReplay(folder, ago(1), GOLDEN.subarray(0, 100));
    putReplay(folder, ago(2), await replayWith({ format: 2 as never }));
    await expect(shelf.info(ago(1))).rejects.toMatchObject({ why: "damaged" });
    await expect(shelf.info(ago(2))).rejects.toBeInstanceOf(ReplayError);
  });
});

describe("arenas", () => {
  const anvil = MAPS.get("anvil") ?? { sha256: "", tiledJson: "" };
  const orchard = MAPS.get("orchard") ?? { sha256: "", tiledJson: "" };
  const arenas = () => readdirSync(join(folder, "maps")).sort();
  const age = (sha256: string) => utimesSync(join(folder, "maps", `${sha256}.tmj`), 1, 1);

  test("[SHELF-10] are kept once by their hash, and go with the last replay that names them", async () => {
    for (const { sha256, tiledJson } of [anvil, orchard, anvil]) await keepArena(folder, sha256, tiledJson);
    expect(arenas()).toEqual([`${anvil.sha256}.tmj`, `${orchard.sha256}.tmj`].sort());
    putReplay(folder, ago(1), await replayWith({ mapSha256: anvil.sha256 }));
    putReplay(folder, ago(2), await replayWith({ mapSha256: orchard.sha256 }), "part");
    // A replay that is about to begin names one that was just kept.
    await sweepOnce({ bytes: 1.5 * GOLDEN.length }, Date.now());
    expect(arenas()).toHaveLength(2);
    for (const { sha256 } of [anvil, orchard]) age(sha256);
    await sweepOnce({ bytes: 1.5 * GOLDEN.length }, Date.now());
    expect(arenas()).toEqual([`${orchard.sha256}.tmj`]);
    expect(await readArena(folder, orchard.sha256)).toBe(orchard.tiledJson);
  });

  test("[SHELF-11] stay while a part does not say yet which one it names", async () => {
    await keepArena(folder, anvil.sha256, anvil.tiledJson);
    age(anvil.sha256);
    putReplay(folder, ago(1), GOLDEN.subarray(0, 5), "part");
    await sweepOnce({}, Date.now());
    expect(arenas()).toHaveLength(1);
  });

  test("[SHELF-12] are not answered if their content is another, or the hash is none", async () => {
    await keepArena(folder, anvil.sha256, anvil.tiledJson.slice(1));
    expect(await readArena(folder, anvil.sha256)).toBeUndefined();
    expect(await readArena(folder, "../../x")).toBeUndefined();
    expect(await shelf.arena("0".repeat(64))).toBeUndefined();
  });

  test("[SHELF-45] are kept when rooms begin matches on the same one at the same moment", async () => {
    const { sha256, tiledJson } = anvil;
    await Promise.all(Array.from({ length: 20 }, () => keepArena(folder, sha256, tiledJson)));
    expect(arenas()).toEqual([`${sha256}.tmj`]);
    expect(await readArena(folder, sha256)).toBe(tiledJson);
  });

  test("[SHELF-13] are written with the head of a replay, which is a part until it is finished", async () => {
    const failures: unknown[] = [];
    const tapes = fileTapes({
      folder,
      tiledJsonOf: () => anvil.tiledJson,
      failed: (_match, error) => void failures.push(error),
    });
    const { head } = await goldenIndex();
    const tape = tapes.open({ ...head, match: ago(1), mapSha256: anvil.sha256 });
    tape.add({ fromMs: 0, toMs: 0, frames: writeFrames([{ atMs: 0, bytes: Uint8Array.of(14) }]) });
    await expect.poll(() => existsSync(join(folder, `${ago(1)}.part`))).toBe(true);
    expect(arenas()).toEqual([`${anvil.sha256}.tmj`]);
    expect(await shelf.find(ago(1))).toBeUndefined();
    tape.finish({ marks: [], people: [] });
    await expect.poll(() => shelf.find(ago(1))).toBeDefined();
    expect(await shelf.info(ago(1))).toMatchObject({ head: { match: ago(1) }, segments: [{ fromMs: 0 }] });
    expect(failures).toEqual([]);
  });
});
