/** The brought arenas that this tab offers to its host: their own files, and what they chose from the gallery. Refreshes keep them. */
import { signal } from "@preact/signals";
import { tabMemory } from "#client/storage.ts";
import { learnTitle } from "#client/ui/kit/mapTitle.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { isBrought } from "#shared/arena/limits.ts";
import type { MapOffer } from "#shared/protocol/http.ts";

export interface BroughtOffer extends MapOffer {
  /** Whether the host has brought the file, and may take it off the server. */
  readonly isOwn?: boolean;
}

const KEY = "fracas.arenas";
/** The newest; more would hide the server's own maps. */
const KEPT = 6;

export const brought = signal<readonly BroughtOffer[]>(parseOffers(tabMemory.recall(KEY)));
for (const { name, title } of brought.peek()) learnTitle(name, title);

/** Reads the tab's memory. Never throws: another version of the page may have written it. */
export function parseOffers(text: string | undefined): BroughtOffer[] {
  try {
    const stored: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(stored) ? stored.filter(isOffer).slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

function isOffer(value: Partial<BroughtOffer> | null): value is BroughtOffer {
  const { name, modes, players, theme } = value ?? {};
  const hasNumbers = typeof players?.min === "number" && typeof players.max === "number";
  return (
    typeof name === "string" && isBrought(name) && Array.isArray(modes) && hasNumbers && theme !== undefined
  );
}

function keep(offers: readonly BroughtOffer[]): void {
  brought.value = offers;
  tabMemory.remember(KEY, JSON.stringify(offers));
}

/** The newest comes first. */
export function offerBrought(offer: BroughtOffer): void {
  learnTitle(offer.name, offer.title);
  const known = brought.peek().find(({ name }) => name === offer.name);
  const others = brought.peek().filter((other) => other !== known);
  keep([{ ...known, ...offer }, ...others].slice(0, KEPT));
}

/** It was removed, or the server does not know it. */
export const withdraw = (map: string): void => keep(brought.peek().filter(({ name }) => name !== map));

export const offerOf = ({ name, title, modes, players, theme, use }: Arena): MapOffer => ({
  ...{ name, modes, players, theme, use },
  ...(title && { title }),
});
