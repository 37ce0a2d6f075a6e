/** Kills a process at every step between a match's end and its deleted file: each match is counted once, or never began to be kept. */

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase, type StoreAddress } from "#server/store/database/database.ts";
import { uuidText } from "#server/store/database/uuid.ts";
import { queries } from "#server/store/results/results.ts";
import { DATABASE_KINDS, useDatabases } from "#server/testing/databases.ts";
import { type KeepOne, matchOf } from "#server/testing/faults/keepOne.ts";
import { readSums, sumUp } from "#server/testing/sums.ts";

const PROGRAM = fileURLToPath(new URL("../../testing/faults/keepOne.ts", import.meta.url));
const STEPS = fileURLToPath(new URL("../../testing/faults/steps.ts", import.meta.url));

/** FAULT_SEEDS=10 kills ten times as many processes. */
const SEEDS = Array.from({ length: Number(process.env.FAULT_SEEDS ?? 1) }, (_, at) => 2 * at + 1);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fracas-faults-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Resolves when the process ends. Rejects if it failed by itself. */
function keepOne(options: KeepOne, environment: Record<string, string> = {}) {
  return new Promise<{ wasKilled: boolean; output: string }>((resolve, reject) => {
    execFile(
      process.execPath,
      ["--import", STEPS, PROGRAM, JSON.stringify(options)],
      {
        env: {
          PATH: process.env.PATH,
          NODE_COMPILE_CACHE: join(tmpdir(), "fracas-compiled"),
          ...environment,
        },
      },
      (error, output, errors) => {
        if (error && error.signal !== "SIGKILL") reject(new Error(`${error.message}\n${output}\n${errors}`));
        else resolve({ wasKilled: error !== null, output });
      },
    );
  });
}

/** Matches differ in their steps: rated or not, with newcomers or without. */
const ENOUGH_UNKILLED = 3;

/**
 * Finishes matches 0, 1, 2, …, each in a process that is killed one step later than the one before, until some in a row end by
 * themselves. Returns the matches that must be there.
 */
async function killAtEveryStep(
  address: StoreAddress,
  seed: number,
): Promise<{ kept: number[]; kills: number }> {
  const kept: number[] = [];
  let kills = 0;
  for (let number = 0, unkilled = 0; unkilled < ENOUGH_UNKILLED; number++) {
    const { wasKilled } = await keepOne({ address, folder, seed, number, killAt: number + 1 });
    kills += Number(wasKilled);
    unkilled = wasKilled ? 0 : unkilled + 1;
    const { id } = matchOf(seed, number);
    if (existsSync(join(folder, `${id}.json`)) || (await uuids(address)).includes(id)) kept.push(number);
  }
  return { kept, kills };
}

async function withDatabase<Value>(
  address: StoreAddress,
  use: (db: ReturnType<typeof openDatabase>["db"]) => Promise<Value>,
) {
  const database = openDatabase(address);
  try {
    return await use(database.db);
  } finally {
    await database.close();
  }
}

const uuids = (address: StoreAddress) =>
  withDatabase(address, async (db) =>
    (await db.selectFrom("match").select("uuid").execute()).map(({ uuid }) => uuidText(uuid)),
  );

describe.each(DATABASE_KINDS)("%s", (kind) => {
  const databases = useDatabases(kind);

  test("[FAULT-1] a process killed at any step loses no match that it began to keep, and counts none twice, seeds 1 and 2", async () => {
    for (const seed of SEEDS.map((each) => (kind === "sqlite" ? each : each + 1))) {
      const { address } = await databases.fresh();
      const { kept, kills } = await killAtEveryStep(address, seed);
      expect(kills).toBeGreaterThan(20);
      // The first few steps come before the file has its name: those matches were never said to be kept.
      expect(kept.length).toBeGreaterThan(kills - 6);
      await keepOne({ address, folder, seed, number: undefined, killAt: 0 });
      expect(await readdir(folder)).toEqual(["bad"]);
      expect(await readdir(join(folder, "bad"))).toEqual([]);

      const matches = kept.map((number) => matchOf(seed, number));
      const sums = await withDatabase(address, readSums);
      expect(sums.matches).toEqual(matches.map(({ id }) => id));
      expect(sums).toMatchObject(sumUp(matches));
      const undisturbed = await databases.fresh();
      for (const match of matches) await queries.applyResult(undisturbed.db, match);
      expect(sums).toEqual(await readSums(undisturbed.db));
    }
  }, 900_000);
});

test("[FAULT-2] the file is flushed before it gets its name, the folder before the store is asked, and the file goes after the commit", async () => {
  const address = { kind: "sqlite", path: join(folder, "fracas.db") } as const;
  const { output } = await keepOne(
    { address, folder: join(folder, "outbox"), seed: 1, number: 0, killAt: 0 },
    { STEP_NAMES: "1" },
  );
  const steps = Array.from(output.matchAll(/^step (.*)$/gm), ([, name = ""]) => name);
  expect(steps.slice(0, 9)).toEqual([
    ...["open", "write", "write the rest", "sync", "rename", "open", "sync"],
    ...["begin immediate", 'insert into "match"'],
  ]);
  expect(steps.slice(-2)).toEqual(["commit", "unlink"]);
});
