/** Finds the texts of a page that a browser's translation would rewrite. */
import type { Page } from "playwright-core";

/** The texts on the page that contain one of `words` and may be translated. */
export const translatable = (page: Page, words: readonly string[]): Promise<string[]> =>
  page.evaluate((wanted) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode as Text;
      const isWanted = wanted.some((word) => data.includes(word));
      if (isWanted && !parentElement?.closest('[translate="no"]')) found.push(data);
    }
    return found;
  }, words);
