import { expect, test } from "vitest";
import { CODE_LETTERS, isRoomCode, readRoomCode } from "./roomCode.ts";

test("[CODE-1] a code is read from a link, in lower case, with spaces, hyphens, and the punctuation around it", () => {
  for (const typed of [
    "BCDFG",
    " bcd-fg ",
    "https://fracas.example/r/BCDFG",
    "http://127.0.0.1:2567/r/bcdfg?x=1",
    "BCDFG.",
    "(BCDFG),",
    "“BCDFG”",
    "_https://fracas.example/r/BCDFG_",
    "Join me: <https://fracas.example/r/BCDFG>!",
    "https://fracas.example/r/BCDFG).",
  ]) {
    expect(readRoomCode(typed)).toBe("BCDFG");
  }
});

test("[CODE-2] text that is too short, too long, with look-alike letters or a path holds no code", () => {
  for (const typed of [
    "",
    "BCDF",
    "BCDFGH",
    "BCDF0",
    "BCDFI",
    "../BCD",
    "/r/",
    "https://fracas.example/r/ABCDE",
  ]) {
    expect(readRoomCode(typed)).toBeUndefined();
  }
});

test("[CODE-3] no two letters of codes look or sound alike", () => {
  expect(new Set(CODE_LETTERS).size).toBe(CODE_LETTERS.length);
  for (const lookAlike of "ILOQUV015") expect(isRoomCode(`BCDF${lookAlike}`)).toBe(false);
});
