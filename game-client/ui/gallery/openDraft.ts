/** Goes to the editor of a draft. */
import type { Intents } from "#client/ui/state/model.ts";

export const openDraft = (intents: Intents, id: string): void =>
  intents.open({ kind: "editor", id, key: "" });
