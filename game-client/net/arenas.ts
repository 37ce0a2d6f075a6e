/** HTTP calls about arenas that people bring, draw and publish. */
import type { ArenaCalls } from "#client/arenaCalls.ts";
import type { Brought, DraftInfo, DraftPage, Gallery, PublishedArena } from "#shared/protocol/editor.ts";
import { mapPath, pathTo, ROUTE } from "#shared/protocol/http.ts";
import { recallIdentity } from "./identity.ts";
import { type Meanings, meaning, visitorAt } from "./progress.ts";

const BRING: Meanings = { 409: "tooManyArenas", 410: "arenaRemoved", 503: "busy", 507: "noRoom" };

/** Drafts and the gallery. Their statuses stand beside the schemas of their bodies, which the first download leaves out. */
async function refused(error: unknown): Promise<never> {
  const { DRAFT_REFUSAL } = await import("#shared/protocol/editor.ts");
  const { tooMany, notPlayed, ownArena } = DRAFT_REFUSAL;
  return meaning({ [tooMany]: "tooManyDrafts", [notPlayed]: "notPlayed", [ownArena]: "ownArena" })(error);
}

export function createArenaCalls(endpoint: string): ArenaCalls {
  const { get, post, remove } = visitorAt(endpoint);
  return {
    bring: async (tiledJson) => (await post<Brought>(ROUTE.arenas, { tiledJson }).catch(meaning(BRING))).map,
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
    rate: (id, stars) => post<PublishedArena>(pathTo(ROUTE.rate, { id }), { stars }).catch(refused),
    // Whoever has no identity has no drafts, and the server knows nobody to ask for.
    drafts: async () => (recallIdentity() === undefined ? [] : get<DraftInfo[]>(ROUTE.drafts)),
    makeDraft: (request) => post<DraftPage>(ROUTE.drafts, request).catch(refused),
    draft: (id, key) =>
      get<DraftPage>(pathTo(ROUTE.draft, { id }) + (key && `?${new URLSearchParams({ key })}`)),
    async draftFile(id, key) {
      const query = new URLSearchParams({ key, file: "" });
      const { tiledJson } = await get<DraftPage>(`${pathTo(ROUTE.draft, { id })}?${query}`);
      return JSON.parse(tiledJson ?? "null");
    },
    publish: (id, version) => post<DraftPage>(pathTo(ROUTE.publish, { id }), { version }),
    deleteDraft: (id) => remove(pathTo(ROUTE.draft, { id })),
  };
}
