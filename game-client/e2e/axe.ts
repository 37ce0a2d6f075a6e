/** Runs axe-core on a page: the accessibility findings that a player would stumble over. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The part of axe that is used here; its source runs in the page. */
interface Axe {
  run(): Promise<{
    violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
  }>;
}

/** A fight is shown whole at any time: only the menus over it can be zoomed (input/pinchZoom.ts). */
const DELIBERATE = ["meta-viewport"];

/** All findings as lines to read, after every transition has ended: axe would judge half-faded text. */
export async function findings(page: Page): Promise<string[]> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) => playState !== "running" || effect?.getTiming().iterations === Infinity,
      ),
  );
  await page.evaluate(SOURCE);
  const { violations } = await page.evaluate(() => (window as unknown as { axe: Axe }).axe.run());
  return violations
    .filter(({ id }) => !DELIBERATE.includes(id))
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}
