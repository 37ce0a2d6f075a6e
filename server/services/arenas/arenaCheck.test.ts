/** The thread that parses files: one at a time, bounded, and replaced when a file breaks it. */
import { threadId } from "node:worker_threads";
import { afterEach, expect, test } from "vitest";
import { log } from "#server/log.ts";
import { sha256Of, titledAnvil } from "#server/testing/broughtFiles.ts";
import { ArenaCheck, type ArenaCheckOptions } from "./arenaCheck.ts";
import { ArenasBusyError } from "./arenas.ts";

/** A thread that answers with its own number, hangs at "hang", and breaks at "break". */
const ECHO = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, threadId } from "node:worker_threads";
    parentPort.on("message", ({ id, tiledJson }) => {
      if (tiledJson === "hang") for (;;) {}
      if (tiledJson === "break") throw new Error("broken");
      if (tiledJson === "fill") { const all = []; for (;;) all.push({ text: "x".repeat(999) + all.length }); }
      parentPort.postMessage({ id, checked: { ok: true, brought: { title: tiledJson, thread: threadId } } });
    });
  `)}`,
);

log.level = "silent";
const opened: ArenaCheck[] = [];
const open = (options?: ArenaCheckOptions) => {
  const check = new ArenaCheck(options);
  opened.push(check);
  return check;
};
afterEach(() => {
  for (const check of opened.splice(0)) check.close();
});

const titleOf = (checked: object) => (checked as { brought?: { title: string } }).brought?.title;
const threadOf = (checked: object) => (checked as { brought?: { thread: number } }).brought?.thread;
const REFUSED = { ok: false, faults: [{ code: "notATiledMap", place: {}, values: {} }] };

test("[BROUGHT-10] a file is parsed, and named by the SHA-256 of its text", async () => {
  const tiledJson = titledAnvil("Quarry");
  const checked = await open().check(tiledJson);
  expect(checked).toMatchObject({
    ok: true,
    brought: {
      title: "Quarry",
      tiledJson,
      sha256: sha256Of(tiledJson),
      arena: { name: sha256Of(tiledJson) },
    },
  });
});

test.each([
  ["a foul title", titledAnvil("Fuck"), "refusedTitle"],
  ["no JSON", "{", "notJson"],
  ["no map", "[]", "notATiledMap"],
  [
    "a hole in its border",
    titledAnvil("Hole", ({ layers }) => Object.assign(layers[0]?.data ?? [], [0])),
    "openBorder",
  ],
])("[BROUGHT-11] %s is a fault", async (_what, tiledJson, code) => {
  expect(await open().check(tiledJson)).toMatchObject({ ok: false, faults: [{ code }] });
});

test("[BROUGHT-12] no file is parsed on the thread that asks", async () => {
  const checked = await open({ entry: ECHO }).check("one");
  expect(threadOf(checked)).toBeGreaterThan(threadId);
});

test.each(["hang", "break", "fill"])(
  "[BROUGHT-13] a file at which the thread does not answer (%s) is refused, and the next one is parsed",
  async (how) => {
    const check = open({ entry: ECHO, withinMs: 2_000 });
    const answers = await Promise.all([check.check("before"), check.check(how), check.check("after")]);
    expect(answers[1]).toEqual(REFUSED);
    expect([answers[0], answers[2]].map((answer) => titleOf(answer ?? {}))).toEqual(["before", "after"]);
  },
);

test("[BROUGHT-14] when too many files wait, another one is refused at once; those of rooms come first", async () => {
  const check = open({ entry: ECHO, withinMs: 500 });
  const order: string[] = [];
  const noted = (text: string, isForRoom = false) =>
    check.check(text, isForRoom).then(() => void order.push(text));
  const all = [noted("hang"), ...Array.from({ length: 16 }, (_, at) => noted(`visitor ${at}`))];
  await expect(check.check("one more")).rejects.toBeInstanceOf(ArenasBusyError);
  all.push(noted("room", true));
  await Promise.all(all);
  expect(order.slice(0, 3)).toEqual(["hang", "room", "visitor 0"]);
});
