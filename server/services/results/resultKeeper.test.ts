/** Follows a finished match while the store answers, is away, is slow, or refuses, and while the disk is full. */
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { MatchResult } from "#server/store/results/matchResult.ts";
import type { ResultOutcome } from "#server/store/results/results.ts";
import { type Store, StoreAwayError } from "#server/store/store.ts";
import { captureLog, type LogLine } from "#server/testing/captureLog.ts";
import { aPlayer, aResult, matchId } from "#server/testing/matches.ts";
import type { ResultNews } from "#shared/protocol/progress.ts";
import { levelOf } from "#shared/rating/level.ts";
import { type Counted, ResultKeeper } from "./resultKeeper.ts";

let parent: string;
let folder: string;
let lines: LogLine[];
const keepers: ResultKeeper[] = [];
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "fracas-keeper-"));
  folder = join(parent, "outbox");
  lines = captureLog();
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(keepers.splice(0).map((keeper) => keeper.close()));
  await rm(parent, { recursive: true, force: true });
});

const gain = { xp: 7, level: levelOf(7), points: null, whyUnrated: "tooFew", career: null } as const;

/** A store of a list: `answer` may throw, or wait. */
class ListedStore implements Store {
  readonly counted: string[] = [];
  isAway = false;
  answer: (result: MatchResult) => Promise<void> = async () => {};

  // biome-ignore lint/suspicious/noExplicitAny: the keeper asks only what is answered here
  async ask(name: string, question: any): Promise<any> {
    if (name !== "applyResult") return undefined;
    const result = question as MatchResult;
    await this.answer(result);
    const isNew = !this.counted.includes(result.id);
    if (isNew) this.counted.push(result.id);
    const gains = result.players.map(({ identity }) => (identity === null ? null : gain));
    return { isNew, gains } satisfies ResultOutcome;
  }

  async close(): Promise<void> {}
}

const away = async () => {
  throw new StoreAwayError("database is locked");
};

function open(store: Store, counted?: Counted): ResultKeeper {
  const keeper = new ResultKeeper(store, folder, counted);
  keepers.push(keeper);
  return keeper;
}

const numbered = (number: number): MatchResult =>
  aResult({
    id: matchId(number, number),
    players: [aPlayer(), aPlayer({ identity: null, isBot: true, network: null })],
  });
const files = async () => (await readdir(folder)).filter((name) => name !== "bad").length;

/** Keeps a result, and collects what its players hear. */
function keep(keeper: ResultKeeper, result = numbered(1)): [player: number, news: ResultNews["is"]][] {
  const heard: [number, ResultNews["is"]][] = [];
  keeper.keep(result, (player, news) => {
    expect(news.match).toBe(result.id);
    heard.push([player, news.is]);
  });
  return heard;
}

test("[KEEPER-1] a result is counted, told to those who have an identity, and its file goes", async () => {
  const store = new ListedStore();
  const keeper = open(store);
  const atCounting: number[] = [];
  store.answer = async () => void atCounting.push(await files());
  const heard = keep(keeper);
  await vi.waitUntil(() => keeper.waitingCount === 0);
  expect(atCounting).toEqual([1]);
  expect(heard).toEqual([[0, "counted"]]);
  expect(await files()).toBe(0);
});

test("[KEEPER-2] while the store is away players read once that it is kept, and later that it is counted", async () => {
  const store = new ListedStore();
  const keeper = open(store);
  store.answer = away;
  const heard = [keep(keeper, numbered(1)), keep(keeper, numbered(2))];
  await vi.waitUntil(() => keeper.awaySec !== undefined);
  await keeper.sweep();
  await keeper.sweep();
  expect(keeper.waitingCount).toBe(2);
  expect(await files()).toBe(2);
  expect(heard[0]).toEqual([[0, "kept"]]);
  store.answer = async () => {};
  await keeper.sweep();
  expect(store.counted).toEqual([numbered(1).id, numbered(2).id]);
  expect(heard[0]).toEqual([
    [0, "kept"],
    [0, "counted"],
  ]);
  expect([keeper.waitingCount, keeper.awaySec, await files()]).toEqual([0, undefined, 0]);
  expect(lines.map(({ msg }) => msg)).toEqual([
    "the store is away: results wait in DATA_DIR/outbox",
    "the store is back: results are counted again",
  ]);
});

test("[KEEPER-3] a store that is slow does not let players wait, nor the files of later matches", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const store = new ListedStore();
  const keeper = open(store);
  const { promise, resolve } = Promise.withResolvers<void>();
  store.answer = () => promise;
  const first = keep(keeper, numbered(1));
  const second = keep(keeper, numbered(2));
  await vi.waitUntil(async () => (await files().catch(() => 0)) === 2);
  expect(first).toEqual([]);
  vi.advanceTimersByTime(2_000);
  expect([first, second]).toEqual([[[0, "kept"]], [[0, "kept"]]]);
  resolve();
  await vi.waitUntil(() => keeper.waitingCount === 0);
  expect(second).toEqual([
    [0, "kept"],
    [0, "counted"],
  ]);
});

test("[KEEPER-4] a result that cannot be written is counted at once; with the store away too, it is tried again", async () => {
  await writeFile(folder, "a file in the folder's place");
  const store = new ListedStore();
  const keeper = open(store);
  const first = keep(keeper, numbered(1));
  await vi.waitUntil(() => keeper.waitingCount === 0);
  expect(first).toEqual([[0, "counted"]]);
  store.answer = away;
  const second = keep(keeper, numbered(2));
  await vi.waitUntil(() => keeper.awaySec !== undefined);
  await keeper.sweep();
  expect(second).toEqual([]);
  expect(lines.filter(({ msg }) => msg.includes("cannot be written"))).toHaveLength(1);
  await rm(folder);
  await keeper.sweep();
  expect(await files()).toBe(1);
  expect(second).toEqual([[0, "kept"]]);
  store.answer = async () => {};
  await keeper.sweep();
  expect(store.counted).toEqual([numbered(1).id, numbered(2).id]);
  expect(await files()).toBe(0);
});

test("[KEEPER-5] 1,100 results wait in files, and 1,000 in memory where there are none: the oldest are lost with an error", async () => {
  const store = new ListedStore();
  store.answer = away;
  const keeper = open(store);
  for (const first of [0, 550]) {
    for (let number = first; number < first + 550; number++) keep(keeper, numbered(number));
    await vi.waitUntil(async () => (await files().catch(() => 0)) === first + 550, { timeout: 30_000 });
  }
  store.answer = async () => {};
  await keeper.sweep();
  await vi.waitUntil(() => keeper.waitingCount === 0, { timeout: 30_000 });
  expect(store.counted).toHaveLength(1_100);

  await rm(folder, { recursive: true });
  await writeFile(folder, "a file in the folder's place");
  store.answer = away;
  for (let number = 2_000; number < 3_100; number++) keep(keeper, numbered(number));
  expect(keeper.waitingCount).toBe(1_000);
  expect(lines.filter(({ msg }) => msg.includes("a result is lost"))).toHaveLength(100);
  store.answer = async () => {};
  await keeper.sweep();
  await vi.waitUntil(() => keeper.waitingCount === 0, { timeout: 30_000 });
  expect(store.counted).toHaveLength(2_100);
});

test("[KEEPER-6] a result that the store refuses is set aside after five tries, and blocks nobody", async () => {
  const store = new ListedStore();
  store.answer = async ({ id }) => {
    if (id === numbered(1).id) throw new Error("NOT NULL constraint failed");
  };
  const keeper = open(store);
  const heard = keep(keeper, numbered(1));
  keep(keeper, numbered(2));
  await vi.waitUntil(() => store.counted.length === 1);
  for (let sweep = 0; sweep < 6; sweep++) await keeper.sweep();
  expect(store.counted).toEqual([numbered(2).id]);
  expect([keeper.waitingCount, keeper.asideCount, keeper.awaySec]).toEqual([0, 1, undefined]);
  expect(await readdir(join(folder, "bad"))).toEqual([`${numbered(1).id}.json`]);
  expect(heard).toEqual([[0, "kept"]]);
});

test("[KEEPER-7] a room that throws when it is told harms nobody", async () => {
  const store = new ListedStore();
  const keeper = open(store);
  keeper.keep(numbered(1), () => {
    throw new Error("the room is gone");
  });
  const heard = keep(keeper, numbered(2));
  await vi.waitUntil(() => keeper.waitingCount === 0);
  expect(heard).toEqual([[0, "counted"]]);
  expect(store.counted).toHaveLength(2);
});

test("[KEEPER-8] the next run counts what an earlier one left, oldest first, and sets damaged files aside", async () => {
  const store = new ListedStore();
  store.answer = away;
  const earlier = open(store);
  for (const number of [5, 3, 9]) keep(earlier, numbered(number));
  await vi.waitUntil(async () => (await files().catch(() => 0)) === 3);
  await earlier.close();
  await writeFile(join(folder, `${numbered(4).id}.json`), "");
  store.answer = async () => {};
  const later = open(store);
  await vi.waitUntil(() => store.counted.length === 3 && later.waitingCount === 0);
  expect(store.counted).toEqual([3, 5, 9].map((number) => numbered(number).id));
  expect(later.asideCount).toBe(1);
});

test("[KEEPER-9] closing waits for the file of a match that has just ended", async () => {
  const store = new ListedStore();
  store.answer = away;
  const keeper = open(store);
  keep(keeper, numbered(1));
  await keeper.close();
  expect(await files()).toBe(1);
});

test("[KEEPER-10] a match that could not be handed on stays, and is handed on later", async () => {
  const store = new ListedStore();
  const handedOn: string[] = [];
  let isFull = true;
  const keeper = open(store, async ({ id }) => {
    if (isFull) throw new Error("no space left");
    handedOn.push(id);
  });
  const heard = keep(keeper, numbered(1));
  await vi.waitUntil(() => store.counted.length === 1);
  await keeper.sweep();
  expect(await files()).toBe(1);
  isFull = false;
  await keeper.sweep();
  expect([handedOn, await files()]).toEqual([[numbered(1).id], 0]);
  expect(heard).toEqual([[0, "counted"]]);
});
