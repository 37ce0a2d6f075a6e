import { globSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const CLIENT = fileURLToPath(new URL("..", import.meta.url));
const CONSTANTS = ["VERSION", "WEBGL"];

/** The names that the build has, such as "Math.Clamp"; what lies below an imported part is Phaser's own. */
function namesOfParts(): string[] {
  const source = readFileSync(`${CLIENT}/phaser/parts.js`, "utf8");
  const imported = Array.from(source.matchAll(/^import (\w+) from/gm), ([, name]) => name as string);
  const [, exported] = source.split("export default ");
  const values = imported.map((name) =>
    name === "CONSTANTS" ? Object.fromEntries(CONSTANTS.map((each) => [each, "part"])) : "part",
  );
  const parts = new Function(...imported, `return ${exported}`)(...values) as object;
  return namesIn(parts);
}

const namesIn = (parts: object): string[] =>
  Object.entries(parts).flatMap(([name, part]) =>
    part === "part" ? [name] : namesIn(part).map((below) => `${name}.${below}`),
  );

/** The names that the game's code uses as values: types are no part of the build. */
const usedNames = (): string[] =>
  globSync("**/*.ts", { cwd: CLIENT }).flatMap((file) => {
    const code = stripTypeScriptTypes(readFileSync(`${CLIENT}/${file}`, "utf8"), { mode: "transform" });
    return Array.from(code.matchAll(/\bPhaser\.((?:\w+\.)*\w+)/g), ([, name]) => `${name}`);
  });

test("[PHASER-1] a build has every part of Phaser that the game uses, and no other that is named", () => {
  const parts = namesOfParts();
  const used = usedNames();
  const isUsed = (part: string) => used.some((name) => name === part || name.startsWith(`${part}.`));
  expect(used.filter((name) => !parts.some((part) => name === part || name.startsWith(`${part}.`)))).toEqual(
    [],
  );
  expect(parts.filter((part) => !isUsed(part) && !CONSTANTS.includes(part))).toEqual([]);
  expect(used.length).toBeGreaterThan(10);
});
