import { expect, test } from "vitest";
import { censor, isFoul } from "./wordFilter.ts";

test.each([
  ["as it is written", "you fuck", "you ****"],
  ["in leet", "sh1t happens", "**** happens"],
  ["with letters of other alphabets that look alike", "fuсk off", "**** off"],
  ["drawn out", "fuuuuuck", "****"],
  ["in German", "du Hurensohn!", "du *********!"],
  ["in French, with its accents", "Enculé, va", "******, va"],
  ["with doubled letters", "sale connard", "sale ******"],
])("[WORDS-1] a foul word %s becomes stars, and nothing else does", (_how, text, censored) => {
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
])("[WORDS-2] %j is nothing that anybody minds", (text) => {
  expect(isFoul(text)).toBe(false);
  expect(censor(text)).toBe(text);
});

test("[WORDS-3] what is said beside a foul word stays, emoji included", () => {
  expect(censor("😀 shit 😀 ok")).toBe("😀 **** 😀 ok");
});
