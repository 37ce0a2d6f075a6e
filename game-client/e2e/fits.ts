/** Looks for texts that are missing, cut off or too long. Each size has a test file, so that they run side by side. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { strings as en, type Strings } from "#client/ui/strings/languages/en.ts";
import { fetchLanguage, LANGUAGES } from "#client/ui/strings/languages.ts";
import { startFurnished } from "./furnished.ts";
import { FRONT, prepareTour, ROOM, type Size, walk } from "./screens.ts";
import type { Stage } from "./stage.ts";
import { type Measured, measure, speak } from "./texts.ts";

/** Shorter English texts may be words of another language too. */
const TELLING_LENGTH = 12;

/** Every text of a table that is no function. */
function textsIn(table: unknown): string[] {
  if (typeof table === "string") return [table];
  return typeof table === "object" && table !== null ? Object.values(table).flatMap(textsIn) : [];
}

const tableOf = (language: string): Promise<Strings> =>
  language === "en" ? Promise.resolve(en) : fetchLanguage(language);

/** English texts that may not show in the language: the longer ones that its own table does not have. */
async function foreignTo(language: string): Promise<ReadonlySet<string>> {
  if (language === "en") return new Set();
  const own = new Set(textsIn(await tableOf(language)));
  return new Set(textsIn(en).filter((text) => text.length > TELLING_LENGTH && !own.has(text)));
}

/** A value that the page has put into a text without having it, or the path of a text. */
const BROKEN = /undefined|\bNaN\b|\[object |=>|^[a-z]+(\.[a-z]+)*\.[a-z]+[A-Z]\w*$/;

const missing = ({ texts }: Measured, foreign: ReadonlySet<string>): string[] =>
  texts.filter((text) => BROKEN.test(text) || foreign.has(text)).map((text) => `“${text}”`);

/** On the title: has the page load every language. It speaks English until one is there, and again afterwards. */
async function loadAll(page: Page): Promise<void> {
  for (const language of LANGUAGES) {
    await speak(page, language);
    await page.getByText((await tableOf(language)).tagline).waitFor();
  }
  await speak(page, "en");
}

/** Ends only a test that hangs: a tour has some 65 stops, and each is measured once for every language. */
export const SLOWEST_MS = 600_000;

/** Walks through every screen in every language. */
export async function expectFits(stage: Stage, size: Size): Promise<void> {
  const furnished = await startFurnished();
  stage.undo(() => furnished.stop());
  const { page, errors } = await stage.open({
    url: furnished.server.url,
    viewport: size.viewport,
    device: size.device,
    prepare: prepareTour(furnished),
  });
  const faults: Record<string, string[]> = {};
  const foreign = new Map(
    await Promise.all(LANGUAGES.map(async (name) => [name, await foreignTo(name)] as const)),
  );
  const note = (where: string, lines: readonly string[]) => {
    if (lines.length > 0) faults[where] = [...new Set(lines)];
  };
  await walk({ page, size, world: furnished }, [...FRONT, ...ROOM], async ({ name }) => {
    if (name === "title") await loadAll(page);
    for (const [language, measured] of await measure(page, LANGUAGES)) {
      note(`${name} ${language}`, [
        ...missing(measured, foreign.get(language) ?? new Set()),
        ...measured.misfits,
      ]);
    }
  });
  expect(faults).toEqual({});
  expect(errors.filter((text) => !/ERR_FAILED|418|404|422/.test(text))).toEqual([]);
}
