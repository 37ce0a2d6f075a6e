/** Two states of the draft side by side. */
import { signal } from "@preact/signals";
import type { DraftVersion } from "#shared/protocol/editor.ts";

/** The version that is compared with another one, or with what is drawn now. */
export const compared = signal<DraftVersion | undefined>(undefined);
