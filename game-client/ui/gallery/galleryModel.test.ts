import { expect, test } from "vitest";
import { GALLERY_PAGE } from "#shared/arena/limits.ts";
import { asked, EVERYTHING, isFiltered, pagesOf } from "./galleryModel.ts";

test("[ARENAS-1] another search, mode or order begins at the first page, and leafing keeps them", () => {
  const third = asked(asked(EVERYTHING, { search: "mill", mode: "deathmatch" }), { page: 2 });
  expect(third).toEqual({ search: "mill", mode: "deathmatch", sort: "played", page: 2 });
  expect(asked(third, { sort: "new" })).toEqual({ ...third, sort: "new", page: 0 });
});

test("[ARENAS-2] there is one page at least, and the last one may be short", () => {
  expect([0, 1, GALLERY_PAGE, GALLERY_PAGE + 1].map(pagesOf)).toEqual([1, 1, 1, 2]);
});

test("[ARENAS-3] an order alone hides nothing", () => {
  expect(isFiltered({ ...EVERYTHING, sort: "rated" })).toBe(false);
  expect(isFiltered({ ...EVERYTHING, mode: "kingOfTheHill" })).toBe(true);
});
