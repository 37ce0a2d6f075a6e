// Runs inside the image, whose working directory it is: loads every dependency, and draws a share image with every font.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { resolve } = createRequire(join(process.cwd(), "package.json"));
const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
for (const name of Object.keys(dependencies)) {
  // A typeface has files, but nothing to import.
  if (name.startsWith("@fontsource")) resolve(`${name}/package.json`);
  else await import(name);
}
const { createCards } = await import(join(process.cwd(), "server/services/cards/cards.ts"));
const level = { level: 1, xp: 0, fromXp: 0, toXp: 150 };
const lists = { ladders: [], modes: [], weapons: [], arenas: [], medals: [] };
const profile = { name: "Ann 漢字", joinedAt: 0, level, ...lists };
// The drawing thread alone does not keep the process alive.
setInterval(() => {}, 1000);
const png = await createCards().paint({ is: "profile", profile });
console.log(`drawn ${png.length}`);
process.exit(0);
