/** The maps that a host can choose: those of the server, fetched once for each component that asks, and brought arenas. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { learnTitle } from "#client/ui/kit/mapTitle.ts";
import { brought, offerBrought, offerOf } from "#client/ui/ownArena/brought.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import { isBrought } from "#shared/arena/limits.ts";
import type { MapOffer } from "#shared/protocol/http.ts";

/**
 * `chosen`: a brought arena by this name is looked up, if this tab does not know it. Empty until everything has arrived, and
 * when the list cannot be fetched: the room then keeps the map that is set.
 */
export function useMaps(chosen: string): readonly MapOffer[] {
  const intents = useIntents();
  const [maps, setMaps] = useState<readonly MapOffer[]>([]);
  const isSettled = useBrought(chosen);
  const own = brought.value;
  useEffect(() => {
    intents.listMaps().then(setMaps, () => {});
  }, [intents]);
  return useMemo(() => {
    if (maps.length === 0 || !isSettled) return [];
    for (const { name, title } of maps) learnTitle(name, title);
    return [...maps, ...own.filter(({ name }) => !maps.some((map) => map.name === name))];
  }, [maps, own, isSettled]);
}

/** False while the arena is looked up. One that the server does not have any more is no offer. */
function useBrought(map: string): boolean {
  const intents = useIntents();
  const [missing, setMissing] = useState("");
  const isKnown = !isBrought(map) || missing === map || brought.value.some(({ name }) => name === map);
  useEffect(() => {
    if (isKnown) return;
    intents.fetchArena(map).then(
      (arena) => offerBrought(offerOf(arena)),
      () => setMissing(map),
    );
  }, [intents, map, isKnown]);
  return isKnown;
}
