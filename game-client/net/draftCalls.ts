/** HTTP calls about the draft that is in the editor. */
import type { EditorCalls, Published } from "#client/editor/editorRoom.ts";
import type { DraftPage, DraftRequest, FaultyAnswer } from "#shared/protocol/editor.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { askJson, type HttpRequest, send } from "./http.ts";
import { knownIdentity, ownIdentity, withIdentity } from "./identity.ts";

type DraftCalls = Pick<EditorCalls, "page" | "publish" | "fork" | "file">;

export function createDraftCalls(endpoint: string, { id, key }: { id: string; key: string }): DraftCalls {
  const known = () => knownIdentity(endpoint);
  const own = () => ownIdentity(endpoint);
  const asked = <Answer>(find: typeof own, path: string, request: HttpRequest): Promise<Answer | undefined> =>
    withIdentity(find, (token) => askJson<Answer>(endpoint + path, { ...request, token })).catch(
      () => undefined,
    );
  const query = key === "" ? "" : `?${new URLSearchParams({ key })}`;
  return {
    page: () => asked<DraftPage>(known, pathTo(ROUTE.draft, { id }) + query, { cache: "no-cache" }),
    fork: (version) =>
      asked<DraftPage>(own, ROUTE.drafts, {
        method: "POST",
        body: { fork: id, version } satisfies DraftRequest,
      }),
    file: (sha256) => asked<unknown>(known, pathTo(ROUTE.arenaFile, { sha256 }), {}),
    publish: (version) =>
      withIdentity(own, async (token): Promise<Published> => {
        const url = endpoint + pathTo(ROUTE.publish, { id });
        const response = await send(url, { method: "POST", body: { version }, token });
        if (response.ok) return { ok: true, page: (await response.json()) as DraftPage };
        const { faults = [] } = (await response.json()) as Partial<FaultyAnswer>;
        return { ok: false, faults, ...(response.status === REFUSAL.foreignOrigin && { why: "guest" }) };
      }).catch(() => ({ ok: false, faults: [] })),
  };
}
