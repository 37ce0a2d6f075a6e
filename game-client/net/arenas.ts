/** HTTP calls about arenas that people bring, draw and publish. */
import type { ArenaCalls } from "#client/arenaCalls.ts";
import type { Brought, DraftInfo, DraftPage, Gallery, PublishedArena } from "#shared/protocol/editor.ts";
import { mapPath, pathTo, ROUTE } from "#shared/protocol/http.ts";
import { visitorAt } from "./progress.ts";

export function createArenaCalls(endpoint: string): ArenaCalls {
  const { get, post, remove } = visitorAt(endpoint);
  return {
    bring: async (tiledJson) => (await post<Brought>(ROUTE.arenas, { tiledJson })).map,
    takeBack: (map) => remove(mapPath(map)),
    gallery: ({ search, mode, sort, page }) =>
      get<Gallery>(
        `${ROUTE.gallery}?${new URLSearchParams({
          ...(search && { search }),
          ...(mode && { mode }),
          sort,
          page: String(page),
        })}`,
      ),
    published: (id) => get<PublishedArena>(pathTo(ROUTE.published, { id })),
    rate: (id, stars) => post<PublishedArena>(pathTo(ROUTE.rate, { id }), { stars }),
    drafts: () => get<DraftInfo[]>(ROUTE.drafts),
    makeDraft: (request) => post<DraftPage>(ROUTE.drafts, request),
    draft: (id, key) =>
      get<DraftPage>(pathTo(ROUTE.draft, { id }) + (key && `?${new URLSearchParams({ key })}`)),
    publish: (id, version) => post<DraftPage>(pathTo(ROUTE.publish, { id }), { version }),
    deleteDraft: (id) => remove(pathTo(ROUTE.draft, { id })),
  };
}
