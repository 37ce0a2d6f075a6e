/** Two pages draw one arena over a slow network; one of them is cut off, comes back, and both drive in what they have drawn. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { editorPath } from "#client/pagePaths.ts";
import type { DraftPage } from "#shared/protocol/editor.ts";
import { type IdentityAnswer, ROUTE } from "#shared/protocol/http.ts";
import { openTcpProxy, type TcpProxy } from "#shared/testing/tcpProxy.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { type PlayerPage, takePicture, waitForFight } from "./harness.ts";
import { setStage } from "./stage.ts";

const RTT_MS = 250;
const CUT_MS = 10_000;
const TILE_PX = 64;

const stage = setStage({ DATA_DIR: temporaryFolder("draw") });

type Cell = readonly [column: number, row: number];

/** Makes a draft of a guest, and returns the path of the link with which anybody draws along. */
async function newDraft(): Promise<string> {
  const headers = { Origin: stage.url, "Content-Type": "application/json" };
  const identity = await fetch(stage.url + ROUTE.identity, { method: "POST", headers });
  const { token } = (await identity.json()) as IdentityAnswer;
  const made = await fetch(stage.url + ROUTE.drafts, {
    method: "POST",
    headers: { ...headers, Authorization: `Bearer ${token}` },
    body: JSON.stringify({ title: "Two hands", theme: "orchard", columns: 32, rows: 24 }),
  });
  const { id, key = "" } = (await made.json()) as DraftPage;
  return editorPath({ id, key });
}

/** A page behind a network of its own. */
async function openEditor(path: string): Promise<PlayerPage & { network: TcpProxy }> {
  const network = await openTcpProxy(Number(new URL(stage.url).port));
  stage.undo(async () => network.close());
  network.delay(RTT_MS / 2);
  const url = `http://127.0.0.1:${network.port}${path}`;
  const player = await stage.open({ url, viewport: { width: 1280, height: 720 } });
  await player.page.waitForFunction(() => window.fracasEditor !== undefined);
  return { ...player, network };
}

/** Draws a stroke of walls from one cell to another by mouse. */
async function draw(page: Page, from: Cell, to: Cell): Promise<void> {
  const places = await page.evaluate(
    ([cells, side]) =>
      cells.map(([column, row]) => window.fracasEditor?.onScreen((column + 0.5) * side, (row + 0.5) * side)),
    [[from, to], TILE_PX] as const,
  );
  const [start = { x: 0, y: 0 }, end = { x: 0, y: 0 }] = places;
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 6 });
  await page.mouse.up();
}

/** Walls of the shown draft in a row, as text. */
const wallsIn = (page: Page, row: number): Promise<string> =>
  page.evaluate((at) => {
    const walls = window.fracasEditor?.draft().walls;
    return [0, 1, 2].map((word) => (walls?.[at * 3 + word] ?? 0).toString(2)).join(" ");
  }, row);

const cellsIn = (page: Page, cells: readonly Cell[]): Promise<number[]> =>
  page.evaluate((wanted) => {
    const walls = window.fracasEditor?.draft().walls;
    return wanted.map(([column, row]) => ((walls?.[row * 3 + (column >> 5)] ?? 0) >>> (column % 32)) & 1);
  }, cells);

const wholeDraft = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const draft = window.fracasEditor?.draft();
    return JSON.stringify([
      draft && [...draft.walls],
      draft && [...draft.bushes],
      draft && [...draft.objects].sort(),
    ]);
  });

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).first().click();

test("[E2E-DRAW-1] two pages at 250 ms draw together, one is cut off for 10 s, nothing is lost, and both drive in the drawing", async () => {
  const path = await newDraft();
  const ann = await openEditor(path);
  const bob = await openEditor(path);

  // An own stroke shows at once, and its image under half a turn; the other page has both soon after.
  await draw(ann.page, [6, 5], [9, 5]);
  const stroke: Cell[] = [
    [6, 5],
    [9, 5],
    [25, 18],
    [22, 18],
  ];
  expect(await cellsIn(ann.page, stroke)).toEqual([1, 1, 1, 1]);
  await expect.poll(() => cellsIn(bob.page, stroke)).toEqual([1, 1, 1, 1]);

  bob.network.become("refused");
  await Promise.all([
    new Promise((resolve) => setTimeout(resolve, CUT_MS)),
    (async () => {
      await draw(bob.page, [6, 8], [9, 8]);
      await draw(ann.page, [12, 8], [15, 8]);
    })(),
  ]);
  expect(
    await cellsIn(bob.page, [
      [6, 8],
      [12, 8],
    ]),
  ).toEqual([1, 0]);
  expect(
    await cellsIn(ann.page, [
      [6, 8],
      [12, 8],
    ]),
  ).toEqual([0, 1]);
  bob.network.become("open");
  const both: Cell[] = [
    [6, 8],
    [9, 8],
    [12, 8],
    [15, 8],
    [25, 15],
  ];
  for (const { page } of [ann, bob])
    await expect.poll(() => cellsIn(page, both), { timeout: 60_000 }).toEqual([1, 1, 1, 1, 1]);
  expect(await wallsIn(bob.page, 8)).toBe(await wallsIn(ann.page, 8));
  expect(await wholeDraft(bob.page)).toBe(await wholeDraft(ann.page));
  await takePicture(ann.page, "draw-together");

  await press(ann.page, "Try it");
  await press(ann.page, "Drive");
  await Promise.all([ann, bob].map(({ page }) => waitForFight(page)));
  // The fight's walls are the drawing's.
  await takePicture(bob.page, "draw-try");
  await press(ann.page, "End for all");
  for (const { page } of [ann, bob]) await page.waitForFunction(() => window.fracasEditor !== undefined);
  expect(await cellsIn(ann.page, both)).toEqual([1, 1, 1, 1, 1]);
  expect(ann.errors).toEqual([]);
}, 240_000);
