import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** ECMAScript leaves the precision of these functions to the engine: two browsers may differ in the last bit. */
const INEXACT =
  /Math\.(a?(sin|cos|tan)h?|atan2|hypot|pow|exp|expm1|log\w*|cbrt|random)\b|\w\)? \*\* |Date\.|performance\./;

test("[EXACT-1] game, sim and modes use no engine-dependent maths, no clock and no Math.random", () => {
  const found: string[] = [];
  for (const folder of ["game", "sim", "modes"]) {
    const url = new URL(`../${folder}/`, import.meta.url);
    for (const name of readdirSync(url).filter((file) => !file.endsWith(".test.ts"))) {
      const lines = readFileSync(new URL(name, url), "utf8").split("\n");
      const code = lines.filter((line) => !/^\s*(\/?\*|\/\/)/.test(line));
      found.push(...code.filter((line) => INEXACT.test(line)).map((line) => `${name}: ${line.trim()}`));
    }
  }
  expect(found).toEqual([]);
});
