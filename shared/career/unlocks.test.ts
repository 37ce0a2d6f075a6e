/** Which looks are unlocked by what. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { LOOK_MAX, LOOK_PARTS, LOOKS, type Look, PLAIN, packLook, unpackLook } from "./looks.ts";
import { MEDAL_NAMES, type MedalName } from "./medals.ts";
import { type CareerProgress, ownedLooks, ownsLook, unlockOf } from "./unlocks.ts";

const NOTHING: CareerProgress = { level: 1, medals: {}, challenges: 0 };
const EVERYTHING: CareerProgress = {
  level: 99,
  medals: Object.fromEntries(MEDAL_NAMES.map((name) => [name, 99])),
  challenges: 999,
};

test("[CAREER-1] a newcomer owns the plain looks, and somebody with everything all of them", () => {
  expect(ownedLooks(NOTHING)).toEqual(Object.fromEntries(LOOK_PARTS.map((part) => [part, ["plain"]])));
  expect(ownedLooks(EVERYTHING)).toEqual(LOOKS);
});

test("[CAREER-2] more progress never takes a look away", () => {
  const progress = fc.record({
    level: fc.integer({ min: 1, max: 30 }),
    challenges: fc.integer({ min: 0, max: 30 }),
    medals: fc.dictionary(fc.constantFrom(...MEDAL_NAMES), fc.integer({ min: 0, max: 6 })),
  });
  fc.assert(
    fc.property(progress, progress, (one, more) => {
      const after: CareerProgress = {
        level: one.level + more.level,
        challenges: one.challenges + more.challenges,
        medals: Object.fromEntries(
          MEDAL_NAMES.map((name) => [name, (one.medals[name] ?? 0) + (more.medals[name] ?? 0)]),
        ) as Record<MedalName, number>,
      };
      const [had, has] = [ownedLooks(one), ownedLooks(after)];
      for (const part of LOOK_PARTS) expect(has[part]).toEqual(expect.arrayContaining(had[part]));
    }),
    { seed: 16 },
  );
});

test("[CAREER-3] a look is owned only if each of its parts is", () => {
  const stripe: Look = { ...PLAIN, pattern: "stripe" };
  expect(ownsLook(PLAIN, NOTHING)).toBe(true);
  expect(ownsLook(stripe, NOTHING)).toBe(false);
  expect(ownsLook(stripe, { ...NOTHING, level: 2 })).toBe(true);
  expect(ownsLook({ ...stripe, title: "legend" }, { ...NOTHING, level: 2 })).toBe(false);
});

test("[CAREER-4] every look has its condition, and only the plain ones are free", () => {
  for (const part of LOOK_PARTS)
    for (const name of LOOKS[part]) expect(unlockOf(part, name).by === "free").toBe(name === "plain");
});

test("[CAREER-5] every packed look is within the largest number", () => {
  const last = Object.fromEntries(LOOK_PARTS.map((part) => [part, LOOKS[part].at(-1)])) as unknown as Look;
  expect(packLook(last)).toBeLessThanOrEqual(LOOK_MAX);
  expect(unpackLook(packLook(last))).toEqual(last);
});
