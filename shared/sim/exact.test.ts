import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** ECMAScript leaves their precision to the engine, so that two browsers may differ in the last bit. */
const INEXACT =
  /Math\.(a?(sin|cos|tan)h?|atan2|hypot|pow|exp|expm1|log\w*|cbrt|random)\b|\w\)? \*\* |Date\.|performance\./;

test("[EXACT-1] the simulation and its modes use no maths that engines may do differently, no clock and no chance", () => {
  const found: string[] = [];
  for (const folder of ["sim", "modes"]) {
    const url = new URL(`../${folder}/`, import.meta.url);
    for (const name of readdirSync(url).filter((file) => !file.endsWith(".test.ts"))) {
      const lines = readFileSync(new URL(name, url), "utf8").split("\n");
      const code = lines.filter((line) => !/^\s*(\/?\*|\/\/)/.test(line));
      found.push(...code.filter((line) => INEXACT.test(line)).map((line) => `${name}: ${line.trim()}`));
    }
  }
  expect(found).toEqual([]);
});
