/** Reads the identity that a page plays under. */
import type { Page } from "playwright-core";

export const identityOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const token = Object.values(localStorage).find((value) => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value));
    const claims = (token ?? "").split(".")[1]?.replaceAll("-", "+").replaceAll("_", "/") ?? "";
    return JSON.parse(atob(claims)).sub;
  });
