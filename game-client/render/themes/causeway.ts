/** Placeholder until painted. */
import { FOUNDRY } from "./foundry.ts";
import type { Theme } from "./theme.ts";
export const CAUSEWAY: Theme = FOUNDRY;
