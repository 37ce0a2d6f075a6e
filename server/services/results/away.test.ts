/** The real store away: locked, full, its thread dead, its server gone. Nothing is lost, and play's questions end. */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ResultKeeper } from "#server/services/results/resultKeeper.ts";
import { faultKind } from "#server/store/database/awayErrors.ts";
import { openDatabase, type StoreAddress } from "#server/store/database/database.ts";
import { uuidText } from "#server/store/database/uuid.ts";
import { queries } from "#server/store/results/results.ts";
import { openStore, StoreAwayError } from "#server/store/store.ts";
import { captureLog } from "#server/testing/captureLog.ts";
import { useDatabases } from "#server/testing/databases.ts";
import { aResult, drawFrom, drawMatch, matchId } from "#server/testing/matches.ts";
import { readSums } from "#server/testing/sums.ts";

const LONG = { timeout: 30_000 };

let folder: string;
beforeEach(async () => {
  captureLog();
  folder = await mkdtemp(join(tmpdir(), "fracas-away-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const outbox = () => join(folder, "outbox");
const files = async () => (await readdir(outbox())).filter((name) => name.endsWith(".json")).length;
const numbered = (number: number) => aResult({ id: matchId(number, number) });

/** Keeps a result; the returned list grows with what its first player hears. */
function keep(keeper: ResultKeeper, number: number): string[] {
  const heard: string[] = [];
  keeper.keep(numbered(number), (player, { is }) => void (player === 0 && heard.push(is)));
  return heard;
}

async function countedIn(address: StoreAddress): Promise<string[]> {
  const database = openDatabase(address);
  const rows = await database.db.selectFrom("match").select("uuid").orderBy("id").execute();
  await database.close();
  return rows.map(({ uuid }) => uuidText(uuid));
}

test("[STOREAWAY-1] while another program locks the file, results are kept, and counted in order when it is free", async () => {
  const address = { kind: "sqlite", path: join(folder, "fracas.db") } as const;
  const store = await openStore(address);
  const keeper = new ResultKeeper(store, outbox());
  const other = new DatabaseSync(address.path);
  other.exec("BEGIN EXCLUSIVE");
  const heard = [keep(keeper, 1), keep(keeper, 2)];
  await vi.waitUntil(() => keeper.awaySec !== undefined, LONG);
  expect(heard[0]).toEqual(["kept"]);
  expect(await files()).toBe(2);
  other.exec("ROLLBACK");
  await vi.waitUntil(async () => {
    await keeper.sweep();
    return keeper.waitingCount === 0;
  }, LONG);
  expect(heard).toEqual([
    ["kept", "counted"],
    ["kept", "counted"],
  ]);
  expect(keeper.awaySec).toBeUndefined();
  await keeper.close();
  await store.close();
  other.close();
  expect(await countedIn(address)).toEqual([numbered(1).id, numbered(2).id]);
}, 90_000);

test("[STOREAWAY-2] a server that starts while the file is locked opens, plays, and counts later", async () => {
  const address = { kind: "sqlite", path: join(folder, "fracas.db") } as const;
  const other = new DatabaseSync(address.path);
  other.exec("BEGIN EXCLUSIVE");
  const store = await openStore(address);
  const keeper = new ResultKeeper(store, outbox());
  const heard = keep(keeper, 1);
  await vi.waitUntil(() => heard.length === 1, LONG);
  other.exec("ROLLBACK");
  await vi.waitUntil(async () => {
    await keeper.sweep();
    return keeper.waitingCount === 0;
  }, LONG);
  expect(heard).toEqual(["kept", "counted"]);
  await keeper.close();
  await store.close();
  other.close();
}, 90_000);

test("[STOREAWAY-3] a store that hangs does not hold up the stop: what waits is refused, and the file stays", async () => {
  const address = { kind: "sqlite", path: join(folder, "fracas.db") } as const;
  const store = await openStore(address);
  const keeper = new ResultKeeper(store, outbox());
  await keeper.sweep();
  const other = new DatabaseSync(address.path);
  other.exec("BEGIN EXCLUSIVE");
  keep(keeper, 1);
  const question = store.ask("applyResult", numbered(2)).catch((error) => error);
  await keeper.close();
  await store.close();
  // The lock is still held: nothing waited for it.
  expect(await question).toBeInstanceOf(StoreAwayError);
  expect(await files()).toBe(1);
  other.close();
}, 90_000);

test("[STOREAWAY-4] a full disk at any page takes back the whole match, says so, and counts it once there is space", async () => {
  const draw = drawFrom(5);
  const matches = Array.from({ length: 30 }, (_, number) => drawMatch(draw, number, 30));
  const open = async (name: string) => {
    const database = openDatabase({ kind: "sqlite", path: join(folder, name) });
    await database.migrate();
    return database;
  };
  const [full, roomy] = [await open("full.db"), await open("roomy.db")];
  const pages = async () => {
    const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(full.db);
    return rows[0]?.page_count ?? 0;
  };
  const limit = (count: number) => sql.raw(`PRAGMA max_page_count = ${count}`).execute(full.db);
  let failures = 0;
  for (const match of matches) {
    await queries.applyResult(roomy.db, match);
    for (let extra = 0, isCounted = false; !isCounted; extra++) {
      await limit((await pages()) + extra);
      isCounted = await queries.applyResult(full.db, match).then(
        ({ isNew }) => isNew,
        (error) => {
          expect([faultKind(error), error.message]).toEqual(["away", "database or disk is full"]);
          failures++;
          return false;
        },
      );
    }
  }
  expect(failures).toBeGreaterThan(3);
  expect(await readSums(full.db)).toEqual(await readSums(roomy.db));
  await full.close();
  await roomy.close();
});

test("[STOREAWAY-5] when the store's thread dies, its questions end, and a new thread answers the next ones", async () => {
  const hook = fileURLToPath(new URL("../../testing/faults/crashOnPing.ts", import.meta.url));
  const program = fileURLToPath(new URL("../../testing/faults/askTwice.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", hook, program, join(folder, "fracas.db")],
    { env: { PATH: process.env.PATH } },
  );
  expect(stdout).toContain("first: the store has closed, away: true\n");
  expect(stdout).toContain("the store's thread has ended: it is started again");
  expect(stdout).toContain("answered, away: false\n");
});

describe("a PostgreSQL server", () => {
  const databases = useDatabases("postgres");

  /** Passes bytes to the server while `isUp`. */
  class Wire {
    isUp = true;
    readonly #sockets = new Set<Socket>();
    readonly #listener: Server;

    constructor(port: number) {
      this.#listener = createServer((client) => {
        if (!this.isUp) return void client.destroy();
        const server = connect({ port, host: "127.0.0.1" });
        for (const socket of [client, server]) {
          this.#sockets.add(socket);
          socket.on("error", () => {});
          socket.on("close", () => [client, server].map((each) => each.destroy()));
        }
        client.pipe(server).pipe(client);
      });
    }

    async listen(): Promise<number> {
      await new Promise<void>((resolve) => this.#listener.listen(0, "127.0.0.1", resolve));
      return (this.#listener.address() as AddressInfo).port;
    }

    cut(): void {
      this.isUp = false;
      for (const socket of this.#sockets) socket.destroy();
      this.#sockets.clear();
    }

    close(): void {
      this.cut();
      this.#listener.close();
    }
  }

  test("[STOREAWAY-6] that is away for a while, also at the start, loses nothing and counts nothing twice", async () => {
    const { address } = await databases.fresh();
    const url = new URL(address.kind === "postgres" ? address.url : "");
    const wire = new Wire(Number(url.port));
    const port = await wire.listen();
    wire.cut();
    url.hostname = "127.0.0.1";
    url.port = String(port);
    const store = await openStore({ kind: "postgres", url: url.href });
    const keeper = new ResultKeeper(store, outbox());
    const heard = [keep(keeper, 1), keep(keeper, 2)];
    await vi.waitUntil(() => heard[0]?.[0] === "kept", LONG);
    wire.isUp = true;
    await vi.waitUntil(async () => {
      await keeper.sweep();
      return keeper.waitingCount === 0;
    }, LONG);
    expect(heard[0]).toEqual(["kept", "counted"]);
    // Cut while transactions run: whether they were committed, nobody knows.
    for (let number = 3; number < 20; number++) {
      keep(keeper, number);
      if (number % 2 === 0) setImmediate(() => wire.cut());
      await vi.waitUntil(async () => {
        wire.isUp = true;
        await keeper.sweep();
        return keeper.waitingCount === 0;
      }, LONG);
    }
    await keeper.close();
    await store.close();
    wire.close();
    expect(await countedIn(address)).toEqual(Array.from({ length: 19 }, (_, at) => numbered(at + 1).id));
  }, 120_000);
});
