import { describe, expect, test } from "vitest";
import { isSecret } from "./secrets.ts";

describe("isSecret", () => {
  test.each<[what: string, given: string | undefined, secret: string | undefined, same: boolean]>([
    ["the secret itself", "correct horse", "correct horse", true],
    ["a secret that is not ASCII", "pässwörd 🐎", "pässwörd 🐎", true],
    ["another text", "correct house", "correct horse", false],
    ["a prefix", "correct", "correct horse", false],
    ["the secret with a suffix", "correct horse ", "correct horse", false],
    ["the secret in other case", "Correct Horse", "correct horse", false],
    ["undefined", undefined, "correct horse", false],
    ["an empty text", "", "correct horse", false],
    ["undefined, with the secret unset", undefined, undefined, false],
    ["an empty text, with the secret unset", "", undefined, false],
    ["an empty text, with the secret empty", "", "", false],
    ["a text, with the secret unset", "undefined", undefined, false],
  ])("[EDGE-SECRET-1] %s", (_what, given, secret, same) => {
    expect(isSecret(given, secret)).toBe(same);
  });
});
