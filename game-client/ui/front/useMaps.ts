/** The maps that the server offers, fetched once for each component that asks. */
import { useEffect, useState } from "preact/hooks";
import { useIntents } from "#client/ui/state/intents.ts";
import type { MapOffer } from "#shared/protocol/http.ts";

/** Empty until the list arrives, and when it cannot be fetched: the room then keeps the map that is set. */
export function useMaps(): readonly MapOffer[] {
  const intents = useIntents();
  const [maps, setMaps] = useState<readonly MapOffer[]>([]);
  useEffect(() => {
    intents.listMaps().then(setMaps, () => {});
  }, [intents]);
  return maps;
}
