/** A picture of an arena, drawn from its map. Each map is fetched and drawn once for as long as the page lives. */
import { type Signal, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { palette } from "#client/settings/hues.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import type { Intents } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { drawArena } from "./arenaDrawing.ts";
import { mapTitle } from "./mapTitle.ts";
import "./arenaPicture.css";

interface ArenaPictureProps {
  map: string;
  /** The map's name stands beside the picture: screen readers skip the picture. */
  isNamed?: boolean;
}

/** An empty frame until the map is here, and if it cannot be fetched. */
export function ArenaPicture({ map, isNamed = false }: ArenaPictureProps) {
  const intents = useIntents();
  const picture = pictureOf(map);
  useEffect(() => {
    void fetchPicture(picture, map, intents);
  }, [picture, map, intents]);
  return (
    <span class="arena-picture">
      {picture.value && (
        <img
          src={picture.value}
          alt={isNamed ? "" : STRINGS.arenaPicture(mapTitle(map))}
          draggable={false}
          decoding="async"
        />
      )}
    </span>
  );
}

/** Data URLs by map and hue set; empty until drawn. */
const pictures = new Map<string, Signal<string>>();
const onTheWay = new Set<Signal<string>>();

function pictureOf(map: string): Signal<string> {
  const key = `${map} ${palette.value}`;
  const known = pictures.get(key) ?? signal("");
  pictures.set(key, known);
  return known;
}

/** A map that could not be fetched is asked for again by the next picture of it. */
async function fetchPicture(picture: Signal<string>, map: string, intents: Intents): Promise<void> {
  if (picture.peek() || onTheWay.has(picture)) return;
  onTheWay.add(picture);
  try {
    picture.value = drawArena(await intents.fetchArena(map));
  } catch {
    // The frame stays empty; the name beside it says which arena it is.
  } finally {
    onTheWay.delete(picture);
  }
}
