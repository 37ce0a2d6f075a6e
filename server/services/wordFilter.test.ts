import { expect, test } from "vitest";
import { censor, isFoul } from "./wordFilter.ts";

test.each([
  ["in its usual spelling", "you fuck", "you ****"],
  ["in leet", "sh1t happens", "**** happens"],
  ["with look-alike letters of other alphabets", "fuсk off", "**** off"],
  ["with repeated letters", "fuuuuuck", "****"],
  ["in German", "du Hurensohn!", "du *********!"],
  ["in French, with its accents", "Enculé, va", "******, va"],
  ["with doubled letters", "sale connard", "sale ******"],
])("[WORDS-1] replaces an offensive word %s with asterisks, and nothing else", (_how, text, censored) => {
  expect(censor(text)).toBe(censored);
});

test.each([
  "the assassin passed the class",
  "Scunthorpe",
  "eject from the cockpit",
  "compute the minute",
  "Nutella",
  "grapes & bananas",
  "gg 😀👍",
])("[WORDS-2] leaves the innocent text %j unchanged", (text) => {
  expect(isFoul(text)).toBe(false);
  expect(censor(text)).toBe(text);
});

test("[WORDS-3] keeps the text around an offensive word, emoji included", () => {
  expect(censor("😀 shit 😀 ok")).toBe("😀 **** 😀 ok");
});
