/** Messages to a room of the arena editor: valid ones in bulk, ones out of every bound, and nonsense. */
import { EDITS_MAX } from "#shared/editor/edit.ts";
import { EDITOR_MESSAGE } from "#shared/protocol/editor.ts";
import { between, type Cases, oneOf, pick, type Random, randomBytes, repeat } from "./chance.ts";

export type HostileMessage =
  | { readonly is: "message"; readonly type: string; readonly payload: unknown }
  | { readonly is: "bytes"; readonly bytes: Uint8Array };

/** The `n`-th message of an attacker. */
export const hostileMessage = (random: Random, n: number): HostileMessage => oneOf(MESSAGES)(random, n);

const edit = (payload: unknown): HostileMessage => ({ is: "message", type: EDITOR_MESSAGE.edit, payload });
const numbers = [
  0,
  1,
  -1,
  95,
  96,
  4096,
  8192,
  8193,
  -8193,
  1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  0.5,
  2 ** 53,
];
const texts = [
  "",
  "a",
  "<img src=x onerror=alert(1)>",
  "‮evil​",
  "x".repeat(100),
  "x".repeat(101),
  "y".repeat(20_000),
  "__proto__",
  "constructor",
  "\0",
];
const ids = ["1", "2", "16777215", "16777216", "0", "-1", "99999999", "constructor", "__proto__", ""];
const layers = ["walls", "bushes", "spawns", "pickups", "flags", "hills", "roof", "__proto__"];

const fields = (random: Random) => ({
  ...{ layer: pick(random, layers), type: pick(random, texts), name: pick(random, texts) },
  ...{ x: pick(random, numbers), y: pick(random, numbers) },
  ...{ width: pick(random, numbers), height: pick(random, numbers) },
});

const put = (random: Random, id: number) => ({
  ...{ do: "put", id: String(id) },
  fields: {
    layer: "spawns",
    type: pick(random, ["a", "b", ""]),
    name: "",
    x: 96,
    y: 96,
    width: 0,
    height: 0,
  },
});

const anyEdit = (random: Random): unknown =>
  pick(random, [
    () => ({
      ...{ do: "paint", layer: pick(random, layers), value: pick(random, [0, 1, 2, "1"]) },
      runs: repeat(between(random, 0, 40), () => repeat(between(random, 2, 4), () => pick(random, numbers))),
    }),
    () => ({ do: "put", id: pick(random, ids), fields: fields(random) }),
    () => ({ do: "change", id: pick(random, ids), fields: fields(random) }),
    () => ({ do: "remove", id: pick(random, ids) }),
    () => ({
      do: "set",
      name: pick(random, ["title", "columns", "rows", "theme", "__proto__"]),
      value: pick(random, texts),
    }),
    () => ({ do: "fly" }),
  ])();

/** Deeper than any honest message. */
function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { edits: value };
  return value;
}

const rows = (random: Random, count: number) =>
  repeat(count, () => [between(random, 0, 95), between(random, 0, 90), between(random, 1, 96)]);

const MESSAGES: Cases<[n: number], HostileMessage> = {
  valid: {
    weight: 6,
    make: (random, n) =>
      edit({
        ...{ n, do: "edit" },
        edits: [
          {
            do: "paint",
            layer: pick(random, ["walls", "bushes"]),
            value: between(random, 0, 1),
            runs: rows(random, 3),
          },
        ],
      }),
  },
  wholeMap: {
    weight: 1,
    make: (random, n) =>
      edit({
        ...{ n, do: "edit" },
        edits: [
          {
            do: "paint",
            layer: "walls",
            value: between(random, 0, 1),
            runs: Array.from({ length: 96 }, (_, row) => [row, 0, 96]),
          },
        ],
      }),
  },
  manyObjects: {
    weight: 1,
    make: (random, n) =>
      edit({ n, do: "edit", edits: repeat(EDITS_MAX, () => put(random, between(random, 1, 2 ** 24 - 1))) }),
  },
  tooMany: {
    weight: 1,
    make: (random, n) =>
      edit({ n, do: "edit", edits: repeat(10_000, () => put(random, between(random, 1, 2 ** 24 - 1))) }),
  },
  odd: {
    weight: 4,
    make: (random, n) => edit({ n, do: "edit", edits: repeat(between(random, 0, 6), () => anyEdit(random)) }),
  },
  steps: { weight: 4, make: (random, n) => edit({ n, do: pick(random, ["undo", "redo", "undo", "fly"]) }) },
  numbers: {
    weight: 1,
    make: (random) => edit({ n: pick(random, numbers), do: "undo" }),
  },
  resize: {
    weight: 1,
    make: (random, n) =>
      edit({
        ...{ n, do: "edit" },
        edits: ["columns", "rows"].map((name) => ({
          do: "set",
          name,
          value: pick(random, ["1", "96", "97", "0", "4e1"]),
        })),
      }),
  },
  cursor: {
    weight: 3,
    make: (random) => ({
      ...{ is: "message", type: EDITOR_MESSAGE.cursor },
      payload: {
        ...{ x: pick(random, numbers), y: pick(random, numbers), tool: pick(random, texts) },
        selected: repeat(between(random, 0, 40), () => pick(random, ids)),
      },
    }),
  },
  chat: {
    weight: 1,
    make: (random) => ({
      is: "message",
      type: EDITOR_MESSAGE.chat,
      payload: pick(random, [...texts, 7, null]),
    }),
  },
  versions: {
    weight: 1,
    make: (random) => ({
      is: "message",
      type: pick(random, [EDITOR_MESSAGE.save, EDITOR_MESSAGE.restore]),
      payload: pick(random, [{ note: pick(random, texts) }, 1, 0, -1, 2 ** 40, "1", null, {}]),
    }),
  },
  tryOut: {
    weight: 1,
    make: (random) => ({
      ...{ is: "message", type: EDITOR_MESSAGE.tryOut },
      payload: pick(random, [
        { do: "end" },
        { do: "begin", mode: pick(random, texts), bots: pick(random, numbers) },
        { do: "begin", mode: "deathmatch", bots: 3 },
      ]),
    }),
  },
  nonsense: {
    weight: 2,
    make: (random) => ({
      ...{ is: "message", type: pick(random, [...Object.values(EDITOR_MESSAGE), "__proto__", "host", "x"]) },
      payload: pick(random, [null, 1, "x", [], deep(40), deep(1000), { n: 1 }]),
    }),
  },
  bytes: {
    weight: 1,
    make: (random) => ({ is: "bytes", bytes: randomBytes(random, between(random, 1, 300)) }),
  },
};
