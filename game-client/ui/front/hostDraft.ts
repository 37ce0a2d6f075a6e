/** The host form's draft: the settings of the player's last room, else the defaults. */
import { pageMemory } from "#client/storage.ts";
import { isBrought } from "#shared/arena/limits.ts";
import type { MapOffer } from "#shared/protocol/http.ts";
import { RoomSettings, type SettingName } from "#shared/protocol/roomSettings.ts";

const KEY = "fracas.hosting";

/** Each setting falls back to its default by itself: one illegal value does not cost the others. Never throws. */
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

/** The password is no setting, and is not stored. */
export const rememberDraft = (draft: RoomSettings): void => pageMemory.remember(KEY, JSON.stringify(draft));

export type DraftErrors = Partial<Record<SettingName, true>>;

/** The settings with an illegal value. */
export function errorsIn(draft: RoomSettings): DraftErrors {
  const { error } = RoomSettings.safeParse(draft);
  const names = (error?.issues ?? []).map(({ path }) => path[0] as SettingName);
  return Object.fromEntries(names.map((name) => [name, true]));
}

/** The maps made for the draft's mode; none if the list of maps could not be fetched. */
export const mapsFor = (draft: RoomSettings, maps: readonly MapOffer[]): readonly MapOffer[] =>
  maps.filter(({ modes }) => modes.includes(draft.mode));

/** The maps on offer: first all brought arenas, whose choice also sets a mode, then the server's maps for the draft's mode. */
export const offeredFor = (draft: RoomSettings, maps: readonly MapOffer[]): readonly MapOffer[] => [
  ...maps.filter(({ name }) => isBrought(name)),
  ...mapsFor(draft, maps).filter(({ name }) => !isBrought(name)),
];

/** Chooses a map, and one of its modes unless the draft's is among them. */
export const chooseMap = (draft: RoomSettings, { name, modes }: MapOffer): RoomSettings => ({
  ...draft,
  map: name,
  mode: modes.includes(draft.mode) ? draft.mode : (modes[0] ?? draft.mode),
});

/**
 * Replaces a map that is not made for the mode with the first that is, if possible one for that many players. A range is
 * only ever chosen by hand.
 */
export function fitMap(draft: RoomSettings, maps: readonly MapOffer[]): RoomSettings {
  const made = mapsFor(draft, maps);
  const fitting = made.filter(({ use }) => use === "match");
  const [first] = fitting;
  if (!first || made.some(({ name }) => name === draft.map)) return draft;
  const roomy = fitting.find(({ players: { min, max } }) => draft.players >= min && draft.players <= max);
  return { ...draft, map: (roomy ?? first).name };
}
