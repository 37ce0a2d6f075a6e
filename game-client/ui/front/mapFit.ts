/** Whether a map suits the size of a room. */
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { MapOffer } from "#shared/protocol/http.ts";

export const suits = ({ players: { min, max } }: Pick<MapOffer, "players">, places: number): boolean =>
  places >= min && places <= max;

/** Says for how many players a map is made, and warns if the room's size is another one. */
export function mapNote(offer: Pick<MapOffer, "players">, places: number): string {
  const words = STRINGS.roomSettings;
  const { min, max } = offer.players;
  return suits(offer, places) || Number.isNaN(places)
    ? words.mapFor(min, max)
    : words.mapUnfit(min, max, places);
}
