/** The choice of a map by pictures: a radio group, for the form of a new room and for the host's panel. */
import { useEffect, useId, useRef } from "preact/hooks";
import { ArenaPicture } from "#client/ui/kit/ArenaPicture.tsx";
import { mapTitle } from "#client/ui/kit/mapTitle.ts";
import type { MapOffer } from "#shared/protocol/http.ts";
import { mapNote, suits } from "./mapFit.ts";
import "./mapChoice.css";

interface MapChoiceProps {
  name: string;
  value: string;
  set(map: MapOffer): void;
  maps: readonly MapOffer[];
  /** Places for players in the room; NaN while the number is being typed. */
  places: number;
}

export function MapChoice({ name, value, set, maps, places }: MapChoiceProps) {
  const group = useId();
  const field = useRef<HTMLFieldSetElement>(null);
  const shown = useRef(value);
  // It may have been chosen elsewhere: a file that was dropped, or an arena of the gallery.
  useEffect(() => {
    if (shown.current === value) return;
    shown.current = value;
    field.current?.querySelector(".map-option:has(:checked)")?.scrollIntoView({ block: "nearest" });
  }, [value]);
  return (
    <fieldset ref={field} class="map-choice">
      <legend class="field-name">{name}</legend>
      <div class="map-choice-options">
        {maps.map((offer) => (
          <label key={offer.name} class="map-option">
            <input
              type="radio"
              name={group}
              value={offer.name}
              checked={value === offer.name}
              onChange={() => set(offer)}
            />
            <ArenaPicture map={offer.name} isNamed />
            <bdi class="map-option-name" translate={false}>
              {mapTitle(offer.name)}
            </bdi>
            <small class={suits(offer, places) ? "map-option-note" : "map-option-note map-option-unfit"}>
              {mapNote(offer, places)}
            </small>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
