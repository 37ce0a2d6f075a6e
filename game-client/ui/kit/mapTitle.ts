/** Returns the title that the page shows for a map. */
import { signal } from "@preact/signals";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { isBrought } from "#shared/arena/limits.ts";

/** The titles of arenas that people have brought, by the map's name on the wire. */
const titles = signal<ReadonlyMap<string, string>>(new Map());

/**
 * A map of the server is called by its file's name: "foundry" → "Foundry", "old-mill" → "Old mill". A brought arena has a
 * title of its own, and a word for all of them until the page has met it. Reads a signal: within a component, it is followed.
 */
export const mapTitle = (name: string): string =>
  isBrought(name)
    ? (titles.value.get(name) ?? STRINGS.ownArena.unnamed)
    : name.charAt(0).toUpperCase() + name.slice(1).replaceAll(/[-_]+/g, " ");

export const isTitleKnown = (name: string): boolean => !isBrought(name) || titles.value.has(name);

/** Nothing happens for a map of the server, or without a title. */
export function learnTitle(map: string, title: string | undefined): void {
  if (!title || !isBrought(map) || titles.peek().get(map) === title) return;
  titles.value = new Map(titles.peek()).set(map, title);
}
