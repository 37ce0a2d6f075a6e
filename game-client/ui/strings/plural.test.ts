import { expect, test } from "vitest";
import { pluralIn } from "./plural.ts";

const FORMS = { one: "one", few: "few", many: "many", other: "other" } as const;

test.each([
  ["en", [0, 1, 2, 5], ["other", "one", "other", "other"]],
  ["fr", [0, 1, 2], ["one", "one", "other"]],
  ["pl", [1, 3, 5, 22, 25], ["one", "few", "many", "few", "many"]],
  ["ja", [1, 2], ["other", "other"]],
] as const)("[PLURAL-1] %s chooses the form for each number", (tag, counts, expected) => {
  const plural = pluralIn(tag);
  expect(counts.map((count) => plural(count, FORMS))).toEqual(expected);
});

test("[PLURAL-2] a form that a table leaves out is the other one", () => {
  expect(pluralIn("pl")(3, { one: "one", other: "other" })).toBe("other");
});
