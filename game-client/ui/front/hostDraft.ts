/** What the host form holds: the settings one hosted with last, else sensible ones. */

import { pageMemory } from "#client/storage.ts";
import type { MapOffer } from "#shared/protocol/http.ts";
import { RoomSettings, type SettingName } from "#shared/protocol/roomSettings.ts";

const KEY = "fracas.hosting";

/** Each setting falls back by itself, so that one that is no longer legal does not cost the others. */
export function parseDraft(text: string | undefined): RoomSettings {
  let stored: unknown;
  try {
    stored = JSON.parse(text ?? "{}");
  } catch {
    stored = {};
  }
  const kept = Object.entries(RoomSettings.shape).map(([name, field]) => {
    const value = (stored as Record<string, unknown> | null)?.[name];
    return [name, field.safeParse(value).data];
  });
  return RoomSettings.parse(Object.fromEntries(kept));
}

export const recallDraft = (): RoomSettings => parseDraft(pageMemory.recall(KEY));

/** Without the password, which is not a setting. */
export const rememberDraft = (draft: RoomSettings): void => pageMemory.remember(KEY, JSON.stringify(draft));

export type DraftErrors = Partial<Record<SettingName, true>>;

/** Which settings cannot stand as they are. */
export function errorsIn(draft: RoomSettings): DraftErrors {
  const { error } = RoomSettings.safeParse(draft);
  const names = (error?.issues ?? []).map(({ path }) => path[0] as SettingName);
  return Object.fromEntries(names.map((name) => [name, true]));
}

/** The mode's maps; where the list could not be had, only the one that is set. */
export const mapsFor = (draft: RoomSettings, maps: readonly MapOffer[]): readonly MapOffer[] =>
  maps.filter(({ modes }) => modes.includes(draft.mode));

/** A map that is not made for the mode gives way to one that is. */
export function fitMap(draft: RoomSettings, maps: readonly MapOffer[]): RoomSettings {
  const fitting = mapsFor(draft, maps);
  const [first] = fitting;
  if (!first || fitting.some(({ name }) => name === draft.map)) return draft;
  const roomy = fitting.find(({ players: { min, max } }) => draft.players >= min && draft.players <= max);
  return { ...draft, map: (roomy ?? first).name };
}
