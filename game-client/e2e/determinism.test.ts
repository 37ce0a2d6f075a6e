import { fileURLToPath } from "node:url";
import { createServer } from "vite";
import { expect, inject, test } from "vitest";
import { readArena, readMapText } from "#shared/testing/readMap.ts";
import { playScriptedMatch } from "#shared/testing/scriptedMatch.ts";
import { connectChromium } from "./chromium.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SEED = 7;
const TICKS = 3000;

test("[STEP-4] 3,000 ticks of seeded commands have the same hashes in Node and in Chromium", async () => {
  const inNode = playScriptedMatch(readArena("foundry"), SEED, TICKS);

  const vite = await createServer({
    root: ROOT,
    configFile: false,
    logLevel: "silent",
    appType: "custom",
    server: { port: 0, host: "127.0.0.1", hmr: false },
    optimizeDeps: { noDiscovery: true, include: ["@colyseus/schema", "zod"] },
  });
  await vite.listen();
  const browser = await connectChromium(inject("chromium"));
  try {
    const page = await browser.newPage();
    const origin = new URL(vite.resolvedUrls?.local[0] ?? "").origin;
    await page.route(`${origin}/blank`, (route) =>
      route.fulfill({ body: "<!doctype html>", contentType: "text/html" }),
    );
    await page.goto(`${origin}/blank`);
    // A string, because Vitest would rewrite the imports inside a function.
    const inChromium = await page.evaluate(`
      Promise.all([import("/shared/arena/parseArena.ts"), import("/shared/testing/scriptedMatch.ts")]).then(
        ([{ parseArena }, { playScriptedMatch }]) =>
          playScriptedMatch(parseArena(${readMapText("foundry")}, "foundry"), ${SEED}, ${TICKS}),
      )`);
    expect(inChromium).toEqual(inNode);
  } finally {
    await browser.close();
    await vite.close();
  }
});
