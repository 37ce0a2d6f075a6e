/** A whole short match, from the title to the vote for the next one, on each kind of device. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { holdPad, PAD, plugInPad, type Thumbs, tapPad, thumbsOn, waitFrames, walkPadTo } from "./devices.ts";
import { leave, leaveButton, type PlayerPage, takePicture, waitForFight } from "./harness.ts";
import { expectMove } from "./pilot.ts";
import { PHONE, setStage } from "./stage.ts";

const MATCH_SECONDS = 7;
/** A draw is extended until somebody leads, by at most a minute; twice that, for a busy machine. */
const RESULTS_WITHIN_MS = 2 * (MATCH_SECONDS + 60 + 10) * 1000;
/** Not the first candidate, which an ignored vote might lead to as well. */
const CHOICE = 1;

const stage = setStage({ MATCH_SECONDS: String(MATCH_SECONDS) });

/** How a player acts on one device. */
interface Hands {
  readonly name: string;
  /** Resolves with the title up. */
  open(): Promise<PlayerPage>;
  pressPlay(): Promise<void>;
  moveRight(): Promise<void>;
  fire(): Promise<void>;
  letGo(): Promise<void>;
  /** Votes for the candidate at this place, from 0. */
  vote(place: number): Promise<void>;
  /** Viewports in which pictures are taken. */
  readonly pictures: readonly { width: number; height: number }[];
}

const candidates = (page: Page) => page.getByRole("group", { name: /What next/ }).getByRole("button");

async function pictures({ page }: PlayerPage, { name, pictures }: Hands, step: string): Promise<void> {
  const before = page.viewportSize();
  for (const size of pictures) {
    await page.setViewportSize(size);
    await waitFrames(page);
    await takePicture(page, `match-${name}-${step}-${size.width}x${size.height}`);
  }
  if (before) await page.setViewportSize(before);
}

/** A shot into a near wall may be gone before the test looks; the weapon reloads for longer. */
const isFiring = (page: Page) =>
  page.evaluate(() => {
    const { fracas } = window;
    return (fracas?.ownDrone()?.hp ?? 0) > 0 && (fracas?.ownShots() !== 0 || !fracas.canFire());
  });

/** Plays from the title until the next match counts down. */
async function playMatch(hands: Hands): Promise<PlayerPage> {
  const player = await hands.open();
  const { page } = player;
  stage.undo(() => leaveIfPlaying(player));
  const phase = () => page.evaluate(() => window.fracas?.match().phase);
  await pictures(player, hands, "1-title");
  await hands.pressPlay();
  await waitForFight(page);
  // On a slow machine the page may have loaded for longer than a match lasts: then it plays the next one.
  await expect.poll(phase).toBe("live");
  await expectMove(page, 1, 0, () => hands.moveRight());
  await hands.fire();
  await expect.poll(() => isFiring(page)).toBe(true);
  await takePicture(page, `match-${hands.name}-2-live`);
  await hands.letGo();

  const awards = page.getByRole("list", { name: "Awards" }).getByRole("listitem");
  await awards.getByText("most kills").waitFor({ timeout: RESULTS_WITHIN_MS });
  const wanted = candidates(page).nth(CHOICE);
  await expect.poll(() => candidates(page).count()).toBe(3);
  const { map, mode } = await page.evaluate(
    (place) => window.fracas?.match().candidates[place] ?? { map: "", mode: "" },
    CHOICE,
  );
  await hands.vote(CHOICE);
  await expect.poll(() => wanted.getAttribute("aria-pressed")).toBe("true");
  await expect.poll(() => wanted.locator(".vote-count").textContent()).toBe("1");
  const nextMatch = countsDown(page);
  await pictures(player, hands, "3-voted");

  expect(await nextMatch).toBe(true);
  expect(await page.evaluate(() => window.fracas?.match())).toMatchObject({ map, mode });
  await takePicture(page, `match-${hands.name}-4-next`);
  // During the countdown players can already move.
  await expectMove(page, 1, 0, () => hands.moveRight());
  await hands.letGo();
  expect(player.errors).toEqual([]);
  return player;
}

/** Whether the next match counts down on the page before the wait ends. Looks in every frame: it lasts only 3 s. */
const countsDown = (page: Page): Promise<boolean> =>
  page
    .waitForFunction(
      () =>
        window.fracas?.match().phase === "countdown" &&
        document.querySelector('[aria-label="Match"]')?.textContent?.includes("Get ready"),
    )
    .then(
      () => true,
      () => false,
    );

/** A room ends when its last player leaves, so the next test gets a new one and need not wait until the seat expires. */
async function leaveIfPlaying(player: PlayerPage): Promise<void> {
  // A failed test may have ended on any screen.
  if (await leaveButton(player.page).isVisible()) await leave(player);
}

/** Types and clicks; the name field has the focus from the start. */
function keyboardAndMouse(): Hands {
  let page: Page;
  return {
    name: "keyboard",
    pictures: [{ width: 1280, height: 720 }],
    async open() {
      const player = await stage.open({ isSharp: true });
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
  const [width, height] = [640, 360];
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
      const player = await stage.open({ viewport: { width, height }, device: PHONE });
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

/** Walks with the D-pad, presses with A, and fires with RT where the right stick points. */
function gamepad(): Hands {
  let page: Page;
  return {
    name: "pad",
    pictures: [{ width: 640, height: 360 }],
    async open() {
      const player = await stage.open({ prepare: plugInPad });
      page = player.page;
      return player;
    },
    async pressPlay() {
      await walkPadTo(page, /^Play$/);
      await tapPad(page, PAD.A);
    },
    moveRight: () => holdPad(page, { axes: [1, 0, 0, 0] }),
    fire: () => holdPad(page, { axes: [1, 0, 0, 1], pressed: [PAD.RT] }),
    letGo: () => holdPad(page, {}),
    async vote(place) {
      const text = (await candidates(page).nth(place).textContent()) ?? "";
      await walkPadTo(page, new RegExp(`^${text}$`));
      await tapPad(page, PAD.A);
    },
  };
}

describe("a whole match, from the title through fight, results and vote to the next one", () => {
  test("[E2E-MATCH-1] is played by keyboard and mouse; and the next one starts", async () => {
    const { page } = await playMatch(keyboardAndMouse());
    await page.waitForFunction(() => window.fracas?.match().phase === "live");
  });

  test("[E2E-MATCH-2] is played on a phone, by touch", async () => {
    await playMatch(phone());
  });

  test("[E2E-MATCH-3] is played by gamepad alone", async () => {
    await playMatch(gamepad());
  });
});
