/** The maps that the server has. */
import { useEffect, useState } from "preact/hooks";
import { useIntents } from "#client/ui/state/intents.ts";
import type { MapOffer } from "#shared/protocol/http.ts";

/** None while they are on the way, or when they cannot be had: the room then has the map that is set. */
export function useMaps(): readonly MapOffer[] {
  const intents = useIntents();
  const [maps, setMaps] = useState<readonly MapOffer[]>([]);
  useEffect(() => {
    intents.listMaps().then(setMaps, () => {});
  }, [intents]);
  return maps;
}
