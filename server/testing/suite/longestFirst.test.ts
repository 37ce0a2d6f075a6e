/** Which test files begin first. */
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { LONG_FILES } from "./longestFirst.ts";

test("[SUITE-5] the files that begin first are there", () => {
  const missing = LONG_FILES.filter((file) => !existsSync(new URL(`../../../${file}`, import.meta.url)));
  expect(missing).toEqual([]);
});
