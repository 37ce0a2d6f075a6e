/** The context that gives every component the page's intents. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Intents } from "./model.ts";

export const IntentsContext = createContext<Intents | undefined>(undefined);

export function useIntents(): Intents {
  const intents = useContext(IntentsContext);
  if (!intents) throw new Error("useIntents outside mountUi");
  return intents;
}
