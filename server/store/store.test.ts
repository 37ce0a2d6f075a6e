/** The store's thread: opening, answering, refusing, closing. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { captureLog } from "#server/testing/captureLog.ts";
import { DATABASE_KINDS, useDatabases } from "#server/testing/databases.ts";
import { aResult } from "#server/testing/matches.ts";
import { faultKind } from "./database/awayErrors.ts";
import { monotonicMs, timeLeftMs, withDeadline } from "./deadline.ts";
import { openStore, type Store, StoreAwayError } from "./store.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fracas-store-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const address = () => ({ kind: "sqlite", path: join(folder, "fracas.db") }) as const;

test("[STORE-1] answers a question from its own thread, and again after it was closed and opened", async () => {
  for (const run of [1, 2]) {
    const store = await openStore(address());
    const entrant = await store.ask("entrantOf", {
      identity: "somebody",
      wanted: [{ name: `Ann ${run}`, folded: `ann${run}` }],
      atMs: 0,
    });
    expect(entrant).toMatchObject({ name: `Ann ${run}`, isAccount: false });
    await store.close();
  }
});

test("[STORE-2] refuses a file that is no database, and says so", async () => {
  await writeFile(address().path, "this is no database, but a text of some length ".repeat(100));
  await expect(openStore(address())).rejects.toThrow("file is not a database");
});

describe("while another program locks the file", () => {
  let store: Store;
  let other: DatabaseSync;
  beforeEach(async () => {
    captureLog();
    store = await openStore(address());
    other = new DatabaseSync(address().path);
    other.exec("BEGIN EXCLUSIVE");
  });
  afterEach(async () => {
    await store.close();
    other.close();
  });

  const claim = (number: number) =>
    store.ask("claimName", { identity: `i${number}`, name: `N${number}`, folded: `n${number}`, atMs: 0 });
  const named = () => other.prepare("SELECT name FROM player WHERE name IS NOT NULL").all();

  test("[STORE-3] a question that was given up is not done later, and 2,000 at most wait", async () => {
    const asked = Array.from({ length: 2_001 }, (_, number) => claim(number).catch((error) => error));
    expect((await asked[2_000]).message).toBe("too many questions wait for the store");
    for (const outcome of await Promise.all(asked)) expect(outcome).toBeInstanceOf(StoreAwayError);
    other.exec("ROLLBACK");
    // Answered after all that were posted before it.
    await vi.waitUntil(
      () =>
        store.ask("ping", {}).then(
          () => true,
          () => false,
        ),
      { timeout: 30_000 },
    );
    expect(named()).toEqual([]);
    expect(await claim(1)).toEqual({ is: "named" });
    expect(store.isAway).toBe(false);
  }, 60_000);

  test("[STORE-4] a result is counted before questions that wait", async () => {
    const answered: string[] = [];
    const ask = (name: string, asking: Promise<unknown>) => asking.then(() => answered.push(name));
    const all = [ask("claim", claim(1))];
    for (let number = 0; number < 50; number++) all.push(ask("ping", store.ask("ping", {})));
    all.push(ask("result", store.ask("applyResult", aResult())));
    other.exec("ROLLBACK");
    await Promise.all(all);
    expect(answered.slice(0, 3)).toEqual(["claim", "result", "ping"]);
  });
});

describe("a PostgreSQL server", () => {
  const databases = useDatabases("postgres");

  test.each([
    ["with a wrong password", "password", "password authentication failed"],
    ["of an unknown user", "username", "password authentication failed"],
    ["without the database", "pathname", 'database "wrong" does not exist'],
  ] as const)("[STORE-6] %s stops the start, and the line says why", async (_what, part, why) => {
    const address = await databases.address();
    const url = new URL(address.kind === "postgres" ? address.url : "");
    url[part] = "wrong";
    const opening = openStore({ kind: "postgres", url: url.href });
    await expect(opening).rejects.toThrow("the database of DATABASE_URL cannot be used");
    await expect(opening).rejects.toThrow(why);
  });
});

describe.each(DATABASE_KINDS)("on %s", (kind) => {
  const databases = useDatabases(kind);

  test("[STORE-5] a transaction that is not done by its deadline leaves nothing, and counts as away", async () => {
    const { db } = await databases.fresh();
    const late = withDeadline(monotonicMs() + 50, () =>
      db.transaction().execute(async (transaction) => {
        await transaction.insertInto("player").values({ createdAt: 1 }).execute();
        await vi.waitUntil(() => (timeLeftMs() ?? 0) < 0);
      }),
    );
    expect(faultKind(await late.catch((error) => error))).toBe("away");
    expect(await db.selectFrom("player").select("id").execute()).toEqual([]);
  });
});
