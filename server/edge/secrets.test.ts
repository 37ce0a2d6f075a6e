import { describe, expect, test } from "vitest";
import { isSecret } from "./secrets.ts";

describe("comparing with a secret", () => {
  test.each<[what: string, given: string | undefined, secret: string | undefined, same: boolean]>([
    ["the same", "correct horse", "correct horse", true],
    ["beyond ASCII", "pässwörd 🐎", "pässwörd 🐎", true],
    ["another", "correct house", "correct horse", false],
    ["a part", "correct", "correct horse", false],
    ["more", "correct horse ", "correct horse", false],
    ["in other letters", "Correct Horse", "correct horse", false],
    ["nothing", undefined, "correct horse", false],
    ["an empty text", "", "correct horse", false],
    ["nothing with an unset one", undefined, undefined, false],
    ["an empty text with an unset one", "", undefined, false],
    ["an empty text with an empty one", "", "", false],
    ["a text with an unset one", "undefined", undefined, false],
  ])("[EDGE-SECRET-1] %s", (_what, given, secret, same) => {
    expect(isSecret(given, secret)).toBe(same);
  });
});
