/** `npm run balance -- --file`: the option, the text and the page. */
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { greedyArena } from "#shared/testing/trialArenas.ts";
import { type Options, readOptions } from "./options.ts";
import { readArenaFile, trialText, tryArena } from "./trialFile.ts";
import { trialPage } from "./trialPage.ts";

const optionsOf = (...args: string[]) => readOptions(args) as Options;

test("[TRIAL-11] a map's file is tried by its path, and one that is no map is refused by name", () => {
  const file = fileURLToPath(new URL("../../shared/arena/maps/anvil.tmj", import.meta.url));
  expect(optionsOf("--file", file)).toMatchObject({ file, offers: [] });
  expect(readArenaFile(file).name).toBe("anvil");
  const other = fileURLToPath(new URL("../../package.json", import.meta.url));
  expect(() => readArenaFile(other)).toThrow(`--file ${other}`);
});

test("[TRIAL-12] text and page name the fault, its places and what to change", async () => {
  const options = optionsOf("--file", "greedy.tmj", "--mode", "teamDeathmatch", "--matches", "8");
  const tried = await tryArena(greedyArena, options, new AbortController().signal);
  expect(tried.map(({ mode }) => mode)).toEqual(["teamDeathmatch"]);
  const text = tried.map(trialText).join("\n");
  expect(text).toMatch(/^teamDeathmatch: needs work\. 8 matches of 6 bots\n/);
  expect(text).toContain("✗ Side A is stronger. It won 8 of 8 decided matches");
  expect(text).toMatch(/Side A takes \d+\.\d % of these pickups: \w+\. \(tile \d+,\d+; \d+,\d+\)/);
  const page = trialPage({ arena: greedyArena, tried, command: "npm run balance -- --file <greedy>.tmj" });
  expect(page).toContain("Side A is stronger");
  expect(page).toContain("&lt;greedy&gt;");
  expect(page).not.toMatch(/NaN|undefined|https?:/);
});

test("[TRIAL-13] a trial that is stopped before its first match reports nothing", async () => {
  const stopped = AbortSignal.abort();
  expect(await tryArena(greedyArena, optionsOf("--file", "greedy.tmj"), stopped)).toEqual([]);
});
