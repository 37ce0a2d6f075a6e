/** The title of a map. */
import { useEffect } from "preact/hooks";
import { useIntents } from "#client/ui/state/intents.ts";
import { isTitleKnown, learnTitle, mapTitle } from "./mapTitle.ts";

interface MapNameProps {
  map: string;
  /** The title of a brought arena, as the answer has it that names the map. */
  title?: string | undefined;
}

export function MapName({ map, title }: MapNameProps) {
  useEffect(() => learnTitle(map, title), [map, title]);
  return <bdi translate={false}>{title ?? mapTitle(map)}</bdi>;
}

/** The title of a brought arena that neither a picture nor an answer has told: from its file. */
export function useMapTitle(map: string): string {
  const intents = useIntents();
  const isKnown = isTitleKnown(map);
  useEffect(() => {
    if (!isKnown) intents.fetchArena(map).catch(() => {});
  }, [intents, map, isKnown]);
  return mapTitle(map);
}
