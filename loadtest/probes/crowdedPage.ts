/** A page in a fight with a crowd: what the probes of the picture measure. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { openPage, play } from "#client/e2e/harness.ts";
import { median } from "#shared/figures/stats.ts";
import { gatherCrowd } from "./crowd.ts";
import { type Lab, wait } from "./lab.ts";

export const CROWD = { drones: 65, shots: 60 } as const;
/** More than CROWD, because some are out of view or destroyed for a moment. */
const GATHERED = { drones: 69, shots: 84 } as const;
/** The size of the window does not change what is in view, and a small one has 60 frames a second without a GPU. */
const WINDOW = { width: 320, height: 180 } as const;

export interface InView {
  drones: number;
  shots: number;
}

/** Resolves to what `use` does, with a crowd in the page's view. `prepare` runs before the page loads. */
export async function withCrowd<Result>(
  lab: Lab,
  use: (page: Page, browser: Browser) => Promise<Result>,
  prepare: (context: BrowserContext) => Promise<unknown> = async () => {},
): Promise<Result> {
  await lab.seatAllBut(1);
  const browser = await lab.browser();
  const player = await openPage(browser, lab.server.url, WINDOW, {}, prepare);
  const { page } = player;
  let disperse = () => {};
  try {
    await play(player, "Ann");
    // On the drone itself, so that the view does not lean away from the crowd.
    await page.mouse.move(WINDOW.width / 2, WINDOW.height / 2);
    const own = await page.evaluate(() => window.fracas?.ownDrone()?.id ?? "");
    disperse = gatherCrowd(lab.arena, lab.stateOf(own), lab.drone(own), GATHERED);
    await page.waitForFunction((least) => {
      const seen = window.fracas?.inView();
      return seen && seen.drones >= least.drones && seen.shots >= least.shots;
    }, CROWD);
    return await use(page, browser);
  } finally {
    disperse();
    await page.context().close();
  }
}

export const isCrowded = ({ drones, shots }: InView) => drones >= CROWD.drones && shots >= CROWD.shots;

/** Looks twice a second until `stop`, which resolves with the medians. */
export function countInView(page: Page): { stop(): Promise<InView> } {
  const looks: InView[] = [];
  const look = async () => {
    const seen = await page.evaluate(() => window.fracas?.inView());
    if (seen) looks.push(seen);
  };
  const timer = setInterval(() => void look().catch(() => {}), 500);
  return {
    async stop() {
      clearInterval(timer);
      await look();
      return {
        drones: median(looks.map((seen) => seen.drones)),
        shots: median(looks.map((seen) => seen.shots)),
      };
    },
  };
}

/** Until V8 has compiled what a frame runs, and the arena around the player is painted. */
export const settle = () => wait(5000);
