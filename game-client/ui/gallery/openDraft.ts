/** Goes to the editor of a draft. */
import type { Intents } from "#client/ui/state/model.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";

export function openDraft(_intents: Intents, id: string): void {
  location.assign(pathTo(ROUTE.editPage, { id }));
}
