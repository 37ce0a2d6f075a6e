/** Tests the editor's page: drawing, what is wrong, undo, versions, a refresh, and a fight in what is drawn. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { ROUTE } from "#shared/protocol/http.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { findings } from "./axe.ts";
import { waitForFight } from "./harness.ts";
import { setStage } from "./stage.ts";

const stage = setStage({ DATA_DIR: temporaryFolder("editor") });
const DESKTOP = { width: 1280, height: 720 };

const press = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: true }).first().click();
const tab = (page: Page, name: string) => page.getByRole("tab", { name, exact: true }).click();
/** Whether a wall stands on the cell, as the page shows it. */
const wallAt = (page: Page, column: number, row: number) =>
  page.evaluate(
    ([x, y]) => {
      const words = window.fracasEditor?.draft().walls;
      return words && ((words[y * 3 + (x >>> 5)] ?? 0) >>> (x % 32)) & 1;
    },
    [column, row] as const,
  );
const light = (page: Page, text: string | RegExp) =>
  page.locator(".editor-light").getByText(text, { exact: true }).waitFor();
const isStored = (page: Page) => page.locator(".editor-stored").getByText("Everything is stored").waitFor();
const inEditor = (page: Page) => page.waitForFunction(() => window.fracasEditor !== undefined);

/** A small empty arena with a border, and its owner's token. */
async function newDraft(): Promise<{ token: string; id: string }> {
  const post = async (route: string, body: unknown, headers: Record<string, string> = {}) => {
    const init = { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(stage.url + route, {
      ...init,
      headers: { "content-type": "application/json", origin: stage.url, ...headers },
    });
    return response.json();
  };
  const { token } = await post(ROUTE.identity, {});
  const draft = { title: "Two Lanes", theme: "orchard", columns: 16, rows: 12 };
  const { id } = await post(ROUTE.drafts, draft, { authorization: `Bearer ${token}` });
  return { token, id };
}

/** Presses the pointer in the middle of a cell. */
async function pressCell(page: Page, column: number, row: number): Promise<void> {
  const at = await page.evaluate(([x, y]) => window.fracasEditor?.onScreen((x + 0.5) * 64, (y + 0.5) * 64), [
    column,
    row,
  ] as const);
  if (!at) throw new Error("there is no editor");
  await page.mouse.click(at.x, at.y);
}

test("[PANEL-1] a new draft is drawn by mouse and keyboard, told what it lacks, undone, saved, found again after a refresh, and driven in", async () => {
  const { token, id } = await newDraft();
  const { page, errors } = await stage.open({
    viewport: DESKTOP,
    prepare: (context) =>
      context.addInitScript((identity) => localStorage.setItem("fracas.identity", identity), token),
  });
  await page.goto(`${stage.url}/edit/${id}`);
  await inEditor(page);
  await light(page, "Can be played");
  expect(await findings(page), "the editor").toEqual([]);

  // A hole in the border, and its image: half a turn is on by default.
  await page.keyboard.press("3");
  await pressCell(page, 5, 0);
  await light(page, "2 faults");
  await tab(page, "Faults");
  await press(page, "Close the border");
  await light(page, "Can be played");

  await page.keyboard.press("1");
  await pressCell(page, 6, 4);
  await expect.poll(() => wallAt(page, 6, 4)).toBe(1);
  await press(page, "Undo");
  await expect.poll(() => wallAt(page, 6, 4)).toBe(0);
  await press(page, "Redo");
  await expect.poll(() => wallAt(page, 6, 4)).toBe(1);
  // The cell cursor starts at the pointer.
  await pressCell(page, 10, 2);
  for (const key of ["ArrowRight", "ArrowDown", "Enter"]) await page.keyboard.press(key);
  await expect.poll(() => wallAt(page, 11, 3)).toBe(1);
  await isStored(page);
  await tab(page, "Versions");
  await page.getByRole("textbox", { name: "What is new?" }).fill("The first one");
  await press(page, "Save");
  await page.getByRole("article", { name: "Version 1" }).waitFor();

  await page.reload();
  await inEditor(page);
  await expect.poll(() => wallAt(page, 6, 4)).toBe(1);
  await light(page, "Can be played");
  await tab(page, "Versions");
  await page.getByText("The first one").waitFor();

  await press(page, "Try it");
  await press(page, "Drive");
  await waitForFight(page);
  await press(page, "Back to the editor");
  await inEditor(page);
  await page.getByText("Two Lanes").first().waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/edit\/\w{12}$/);
  expect(errors).toEqual([]);
});
