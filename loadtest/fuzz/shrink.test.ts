/** The reduction of failing inputs. */
import { expect, test } from "vitest";
import { shrink } from "./shrink.ts";

const numbers = Array.from({ length: 100 }, (_, i) => i);

test.each([
  ["one part", [42]],
  ["two far apart", [3, 97]],
  ["three", [0, 50, 99]],
])("[FUZZ-20] of a hundred parts the needed ones are left (%s), in under 60 tries", async (_what, guilty) => {
  let tries = 0;
  const fails = async (some: readonly number[]) => {
    tries++;
    return guilty.every((part) => some.includes(part));
  };
  expect(await shrink(numbers, fails)).toEqual(guilty);
  expect(tries).toBeLessThan(60);
});

test("[FUZZ-21] an input that cannot be reduced stays as it is", async () => {
  expect(await shrink(numbers, async () => false)).toEqual(numbers);
});
