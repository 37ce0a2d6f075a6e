/** The store's thread: opening, answering, refusing, closing. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore } from "./store.ts";

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
