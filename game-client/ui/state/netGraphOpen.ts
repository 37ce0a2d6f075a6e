/** Whether the network graph is open, kept between visits. */
import { pageMemory } from "#client/storage.ts";
import { netGraphOpen } from "./model.ts";

const KEY = "fracas.netGraph";

export function recallNetGraphOpen(): void {
  netGraphOpen.value = pageMemory.recall(KEY) === "open";
}

/** Called by the graph's key, and by a switch in the settings because a phone has no F3. */
export function setNetGraphOpen(open: boolean): void {
  netGraphOpen.value = open;
  pageMemory.remember(KEY, open ? "open" : "closed");
}
