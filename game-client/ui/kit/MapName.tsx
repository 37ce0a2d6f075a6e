/** The title of a map in places without its picture, which would have fetched it. */
import { useEffect } from "preact/hooks";
import { useIntents } from "#client/ui/state/intents.ts";
import { isTitleKnown, mapTitle } from "./mapTitle.ts";

/** Brought arenas whose file was asked for: one that was removed is not asked for by each line that names it. */
const asked = new Set<string>();

/** Looks the title of a brought arena up in its file, once. */
export function useMapTitle(map: string): string {
  const intents = useIntents();
  const isKnown = isTitleKnown(map);
  useEffect(() => {
    if (isKnown || asked.has(map)) return;
    asked.add(map);
    intents.fetchArena(map).catch(() => {});
  }, [intents, map, isKnown]);
  return mapTitle(map);
}

export function MapName({ map }: { map: string }) {
  return <bdi translate={false}>{useMapTitle(map)}</bdi>;
}
