/** Generated databases equal those that the server would have left. */
import { describe, expect, test } from "vitest";
import { openDatabase } from "#server/store/database/database.ts";
import { sumFaults } from "#server/store/operating/sumChecks.ts";
import { queries } from "#server/store/results/results.ts";
import { DATABASE_KINDS, useDatabases } from "#server/testing/databases.ts";
import { readSums } from "#server/testing/sums.ts";
import { openBulk } from "./bulk.ts";
import { drawMatches, type Plan } from "./drawn.ts";
import { generate, insertPlayers } from "./generate.ts";

const PLAN: Plan = { players: 30, matches: 400, untilMs: Date.UTC(2026, 10, 20, 12), seed: 3 };

describe.each(DATABASE_KINDS)("on %s", (kind) => {
  const databases = useDatabases(kind);

  test("[GENERATE-1] 400 matches of two years leave the same rows as results that are applied one by one", async () => {
    const address = await databases.address();
    await generate(address, PLAN);
    const generated = openDatabase(address);

    const applied = await databases.fresh();
    const bulk = await openBulk(applied.address);
    await insertPlayers(bulk, PLAN);
    await bulk.finish();
    for (const match of drawMatches(PLAN)) await queries.applyResult(applied.db, match);

    const [mine, theirs] = [await readSums(generated.db), await readSums(applied.db)];
    const byKey = (buckets: typeof mine.buckets) =>
      buckets.map((row) => JSON.stringify([row.mode, row.season, row.bucket, row.players])).sort();
    expect({ ...mine, buckets: byKey(mine.buckets) }).toEqual({ ...theirs, buckets: byKey(theirs.buckets) });
    expect(Object.keys(mine.ratings).length).toBeGreaterThan(100);
    const details = (db: typeof applied.db) => db.selectFrom("match").selectAll().orderBy("uuid").execute();
    expect(await details(generated.db)).toEqual(await details(applied.db));
    expect(await sumFaults(generated.db)).toEqual([]);

    // A result that follows finds free ids.
    const [next] = drawMatches({ ...PLAN, matches: 1, untilMs: PLAN.untilMs + 1_000, seed: 4 });
    if (!next) throw new Error("no match was drawn");
    expect((await queries.applyResult(generated.db, next)).isNew).toBe(true);
    await generated.close();
  });
});
