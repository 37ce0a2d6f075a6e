/** Measures the texts of a page: what is cut off, outside of the window, on top of another text, or in no language. */
import type { Page } from "playwright-core";

/** Switches the page's language in place, as a change of the browser's language does. */
export async function speak(page: Page, language: string): Promise<void> {
  const now = await page.evaluate(() => document.documentElement.lang);
  if (now === language) return;
  // While a language loads the page is English, which would pass for the new language after another one.
  if (now !== "en" && language !== "en") await speak(page, "en");
  const before = await page.evaluate((to) => {
    const text = document.body.textContent;
    Object.defineProperty(navigator, "languages", { get: () => [to], configurable: true });
    dispatchEvent(new Event("languagechange"));
    return text;
  }, language);
  await page.waitForFunction(
    ([to, was]) => document.documentElement.lang === to && document.body.textContent !== was,
    [language, before] as const,
    { polling: 20 },
  );
}

export interface Measured {
  /** Every text in sight, and every name for screen readers. */
  readonly texts: readonly string[];
  /** The texts that do not fit, as lines to read. */
  readonly misfits: readonly string[];
}

/** Measures the screen in each of these languages, which the page has loaded. Call it while the page speaks English. */
export async function measure(page: Page, languages: readonly string[]): Promise<Map<string, Measured>> {
  return new Map(await page.evaluate(measureInPage, languages));
}

/** Runs in the page. The browser's language is a stub in it, set as `speak` does. */
async function measureInPage(languages: readonly string[]): Promise<[string, Measured][]> {
  interface Shown {
    readonly element: HTMLElement;
    readonly text: string;
    readonly rects: readonly DOMRect[];
  }
  /** Glyphs reach over the box of a tight line without being cut. */
  const SLACK = { x: 1.5, y: 4 };

  const isHidden = (element: HTMLElement) =>
    !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ||
    element.closest(".visually-hidden, script, style, noscript, option") !== null ||
    // Other styles hide a text from eyes only, too.
    (getComputedStyle(element).position === "absolute" && element.offsetWidth <= 1);

  /** Names are shortened on purpose. */
  const isName = (element: HTMLElement) =>
    element.getAttribute("translate") === "no" ||
    element.closest("bdi, .fold-summary, .score-text, .feed-name") !== null;

  const describe = ({ element, text }: Shown) =>
    `${element.tagName.toLowerCase()}${element.className ? `.${String(element.className).replaceAll(" ", ".")}` : ""} “${text.slice(0, 50)}”`;

  function collect(): Shown[] {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: Shown[] = [];
    const nodes: Text[] = [];
    while (walker.nextNode()) nodes.push(walker.currentNode as Text);
    for (const node of nodes) {
      const element = node.parentElement;
      if (!element || !node.data.trim() || isHidden(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rects = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
      if (rects.length > 0) found.push({ element, text: node.data.trim(), rects });
    }
    return found;
  }

  /** The side on which a box cuts the text off; undefined if the text lies inside or can be scrolled to. */
  function cutBy({ element, rects }: Shown): string | undefined {
    let mayLeave = { x: true, y: true };
    for (let box: HTMLElement | null = element; box && box !== document.body; box = box.parentElement) {
      const { overflowX, overflowY, position } = getComputedStyle(box);
      const frame = box.getBoundingClientRect();
      const name = `${box.tagName.toLowerCase()}.${box.className}`;
      if (mayLeave.x && /hidden|clip/.test(overflowX)) {
        if (rects.some(({ left, right }) => left < frame.left - SLACK.x || right > frame.right + SLACK.x))
          return `cut by ${name}`;
      }
      if (mayLeave.y && /hidden|clip/.test(overflowY)) {
        if (rects.some(({ top, bottom }) => top < frame.top - SLACK.y || bottom > frame.bottom + SLACK.y))
          return `cut by ${name}`;
      }
      mayLeave = {
        x: mayLeave.x && !/auto|scroll/.test(overflowX),
        y: mayLeave.y && !/auto|scroll/.test(overflowY),
      };
      if (position === "fixed") break;
    }
    const isOut = rects.some(
      ({ left, right, top, bottom }) =>
        (mayLeave.x && (left < -SLACK.x || right > innerWidth + SLACK.x)) ||
        (mayLeave.y && (top < -SLACK.y || bottom > innerHeight + SLACK.y)),
    );
    return isOut ? "outside of the window" : undefined;
  }

  /** Texts of the display in the fight that lie on each other; what lies under a dialog or a board may. */
  function collisions(all: readonly Shown[]): string[] {
    if (document.querySelector("dialog[open], .board, .results, .chat, .turn-card, .replay-more")) return [];
    const flat = all.filter(({ element }) => element.closest(".over-view, .banner, .captions") !== null);
    const found: string[] = [];
    for (const [index, a] of flat.entries())
      for (const b of flat.slice(index + 1)) {
        if (a.element.contains(b.element) || b.element.contains(a.element)) continue;
        const touches = a.rects.some((one) =>
          b.rects.some(
            (other) =>
              Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 &&
              Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 3,
          ),
        );
        if (touches) found.push(`${describe(a)} lies on ${describe(b)}`);
      }
    return found;
  }

  function measureNow(): Measured {
    const all = collect();
    const misfits = all
      .filter(({ element }) => !isName(element))
      .map((shown) => ({ shown, why: cutBy(shown) }))
      .filter(({ why }) => why !== undefined)
      .map(({ shown, why }) => `${describe(shown)} ${why}`);
    const names = [...document.querySelectorAll<HTMLElement>("[aria-label], [placeholder], [title]")]
      .filter((element) => !isHidden(element))
      .flatMap((element) =>
        ["aria-label", "placeholder", "title"].map((name) => element.getAttribute(name) ?? ""),
      )
      .filter(Boolean);
    return { texts: [...all.map(({ text }) => text), ...names], misfits: [...misfits, ...collisions(all)] };
  }

  /** The page renders in a microtask, before the timer. */
  async function speakNow(language: string): Promise<void> {
    Object.defineProperty(navigator, "languages", { get: () => [language], configurable: true });
    dispatchEvent(new Event("languagechange"));
    await new Promise((resolve) => setTimeout(resolve));
    if (document.documentElement.lang !== language) throw new Error(`the page does not speak ${language}`);
  }

  const measured: [string, Measured][] = [];
  for (const language of languages) {
    await speakNow(language);
    measured.push([language, measureNow()]);
  }
  await speakNow("en");
  return measured;
}
