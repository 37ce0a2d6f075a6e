/** A whole short match as a player lives it, once on each kind of device. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { framesOf, holdPad, plugInPad, type Thumbs, thumbsOn } from "./devices.ts";
import { type PlayerPage, takePicture, waitForFight } from "./harness.ts";
import { expectMove } from "./pilot.ts";
import { setStage } from "./stage.ts";

/** A draw goes on until somebody leads, for at most a minute more. */
const MATCH_SECONDS = 7;
const RESULTS_WITHIN_MS = (MATCH_SECONDS + 60 + 10) * 1000;
/** Not the first one: what nobody voted for must not do. */
const CHOICE = 1;

const stage = setStage({ MATCH_SECONDS: String(MATCH_SECONDS) });

/** How a player does it on this device; nothing of the page but what they press. */
interface Hands {
  readonly name: string;
  /** Resolves with the title up. */
  open(): Promise<PlayerPage>;
  pressPlay(): Promise<void>;
  moveRight(): Promise<void>;
  fire(): Promise<void>;
  letGo(): Promise<void>;
  /** For the candidate at this place. */
  vote(place: number): Promise<void>;
  /** Sizes at which the pictures are taken. */
  readonly pictures: readonly { width: number; height: number }[];
}

const candidates = (page: Page) => page.getByRole("group", { name: /What next/ }).getByRole("button");

async function pictures({ page }: PlayerPage, { name, pictures }: Hands, step: string): Promise<void> {
  const before = page.viewportSize();
  for (const size of pictures) {
    await page.setViewportSize(size);
    await framesOf(page);
    await takePicture(page, `match-${name}-${step}-${size.width}x${size.height}`);
  }
  if (before) await page.setViewportSize(before);
}

/** A shot into a wall right ahead is gone before anybody looks; the barrel is hot for longer. */
const isFiring = (page: Page) =>
  page.evaluate(() => {
    const { fracas } = window;
    return (fracas?.ownDrone()?.hp ?? 0) > 0 && (fracas?.ownShots() !== 0 || !fracas.canFire());
  });

/** From the title to the next match, which counts down. */
async function playMatch(hands: Hands): Promise<PlayerPage> {
  const player = await hands.open();
  const { page } = player;
  stage.undo(() => leave(page));
  const phase = () => page.evaluate(() => window.fracas?.match().phase);
  await pictures(player, hands, "1-title");
  await hands.pressPlay();
  await waitForFight(page);
  expect(await phase()).toBe("live");
  await expectMove(page, 1, 0, () => hands.moveRight());
  await hands.fire();
  await expect.poll(() => isFiring(page)).toBe(true);
  await takePicture(page, `match-${hands.name}-2-live`);
  await hands.letGo();

  const awards = page.getByRole("list", { name: "Awards" }).getByRole("listitem");
  await awards.first().waitFor({ timeout: RESULTS_WITHIN_MS });
  await awards.getByText("most kills").waitFor();
  const wanted = candidates(page).nth(CHOICE);
  await expect.poll(() => candidates(page).count()).toBe(3);
  await pictures(player, hands, "3-results");
  const { map, mode } = await page.evaluate(
    (place) => window.fracas?.match().candidates[place] ?? { map: "", mode: "" },
    CHOICE,
  );
  await hands.vote(CHOICE);
  await expect.poll(() => wanted.getAttribute("aria-pressed")).toBe("true");
  await expect.poll(() => wanted.locator(".vote-count").textContent()).toBe("1");
  await pictures(player, hands, "4-voted");

  await expect.poll(phase).toBe("countdown");
  expect(await page.evaluate(() => window.fracas?.match())).toMatchObject({ map, mode });
  await page.getByRole("region", { name: "Match" }).getByText("Get ready").waitFor();
  await takePicture(page, `match-${hands.name}-5-next`);
  // Whoever waits for the start steers already.
  await expectMove(page, 1, 0, () => hands.moveRight());
  await hands.letGo();
  expect(player.errors).toEqual([]);
  return player;
}

/** At once, and not after the half minute for which a seat is kept: the next test's match is a new room's. */
async function leave(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Leave the arena" });
  // A test that has failed may have ended anywhere.
  if (!(await button.isVisible())) return;
  await button.click();
  await page.getByRole("textbox").waitFor();
}

/** Typed and pressed; the name's field has the focus from the start. */
function keyboardAndMouse(): Hands {
  let page: Page;
  return {
    name: "keyboard",
    pictures: [{ width: 1280, height: 720 }],
    async open() {
      const player = await stage.open();
      page = player.page;
      return player;
    },
    async pressPlay() {
      await page.keyboard.type("Ann");
      await page.keyboard.press("Enter");
    },
    moveRight: () => page.keyboard.down("KeyD"),
    async fire() {
      await page.mouse.move(500, 100);
      await page.mouse.down();
    },
    async letGo() {
      await page.mouse.up();
      await page.keyboard.up("KeyD");
    },
    vote: (place) => page.keyboard.press(`Digit${place + 1}`),
  };
}

function phone(): Hands {
  const [width, height] = [360, 640];
  const [left, right] = [
    { x: 75, y: height - 90 },
    { x: width - 75, y: height - 90 },
  ];
  let page: Page;
  let thumbs: Thumbs;
  return {
    name: "phone",
    pictures: [
      { width, height },
      { width: height, height: width },
    ],
    async open() {
      const player = await stage.openPhone({ width, height });
      page = player.page;
      thumbs = await thumbsOn(page);
      return player;
    },
    pressPlay: () => page.getByRole("button", { name: "Play", exact: true }).tap(),
    async moveRight() {
      await thumbs.down(1, left);
      await thumbs.slide(1, { x: left.x + 50, y: left.y });
    },
    async fire() {
      await thumbs.down(2, right);
      await thumbs.slide(2, { x: right.x, y: right.y - 50 });
    },
    async letGo() {
      for (const thumb of thumbs.held()) await thumbs.up(thumb);
    },
    vote: (place) => candidates(page).nth(place).tap(),
  };
}

/** The D-pad walks, A presses, and RT fires where the right stick points. */
function gamepad(): Hands {
  const [A, RT, DOWN] = [0, 7, 13];
  let page: Page;
  const tap = async (button: number) => {
    await holdPad(page, { pressed: [button] });
    await framesOf(page);
    await holdPad(page, {});
    await framesOf(page);
  };
  const walkTo = async (name: RegExp) => {
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    for (let step = 0; step < 8 && !name.test(await focused()); step++) await tap(DOWN);
    expect(await focused()).toMatch(name);
  };
  return {
    name: "pad",
    pictures: [{ width: 640, height: 360 }],
    async open() {
      const player = await stage.open();
      page = player.page;
      await plugInPad(page);
      await page.reload();
      await page.getByRole("textbox").waitFor();
      return player;
    },
    async pressPlay() {
      await walkTo(/^Play$/);
      await tap(A);
    },
    moveRight: () => holdPad(page, { axes: [1, 0, 0, 0] }),
    fire: () => holdPad(page, { axes: [1, 0, 0, 1], pressed: [RT] }),
    letGo: () => holdPad(page, {}),
    async vote(place) {
      const text = (await candidates(page).nth(place).textContent()) ?? "";
      await walkTo(new RegExp(`^${text}$`));
      await tap(A);
    },
  };
}

describe("a whole match, from the title over fight, results and vote to the next", () => {
  test("[E2E-MATCH-1] by keyboard and mouse; and the next one starts", async () => {
    const player = await playMatch(keyboardAndMouse());
    await player.page.waitForFunction(() => window.fracas?.match().phase === "live");
  }, 150_000);

  test("[E2E-MATCH-2] on a phone, by touch", async () => {
    await playMatch(phone());
  }, 150_000);

  test("[E2E-MATCH-3] by gamepad alone", async () => {
    await playMatch(gamepad());
  }, 150_000);
});
