import { expect, test } from "vitest";
import { CODE_LETTERS, isRoomCode } from "#shared/protocol/roomCode.ts";
import { LocalDirectory } from "./directory.ts";
import { drawCode, isReadable } from "./roomCodes.ts";

test("[CODE-4] codes are five letters of the alphabet, uniformly distributed, without repetition", async () => {
  const directory = new LocalDirectory();
  const drawn = await Promise.all(Array.from({ length: 5000 }, () => drawCode(directory)));
  expect(drawn.every(isRoomCode)).toBe(true);
  expect(new Set(drawn).size).toBe(drawn.length);
  const counts = [...CODE_LETTERS].map((letter) => drawn.join("").split(letter).length - 1);
  const even = (drawn.length * 5) / CODE_LETTERS.length;
  for (const count of counts) expect(Math.abs(count - even)).toBeLessThan(even * 0.2);
});

test.each(["FCKYX", "XBTCH", "CNTXX", "XDCKX", "NGGRX", "XKKKX", "FFKYG", "SHTXX"])(
  "[CODE-5] %s is not drawn: a reader would add the vowels",
  (code) => expect(isReadable(code)).toBe(false),
);

test("[CODE-6] the word filter rejects less than 5 % of all codes, so the space to guess in stays large", async () => {
  const letters = [...CODE_LETTERS];
  const every = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => `${a}${b}${c}`)));
  const rejected = every.filter((part) => !isReadable(`${part}XZ`));
  expect(rejected.length / every.length).toBeLessThan(0.05);
  expect(rejected.length).toBeGreaterThan(0);
});

test("[CODE-7] draws again while the code is in use", async () => {
  const asked: string[] = [];
  const code = await drawCode({ drawCode: async (code) => asked.push(code) === 4 });
  expect(asked).toHaveLength(4);
  expect(code).toBe(asked.at(-1));
});

test("[CODE-8] remembers the newest 10,000 codes", async () => {
  const directory = new LocalDirectory();
  const first = await drawCode(directory);
  expect(await directory.wasDrawn(first)).toBe(true);
  expect(await directory.wasDrawn("AAAAA")).toBe(false);
  for (let i = 0; i < 9_999; i++) await drawCode(directory);
  expect(await directory.wasDrawn(first)).toBe(true);
  await drawCode(directory);
  expect(await directory.wasDrawn(first)).toBe(false);
});
