/** The settings of a room: the server's own for a public room, the host's for a hosted one. */
import { ServerError } from "@colyseus/core";
import { isPublic, isRemoved, MAPS, mapOf, publicMaps } from "#server/arenas.ts";
import { censor } from "#server/services/wordFilter.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { MAX_PLAYERS } from "#shared/config.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import type { ModeName } from "#shared/schema/names.ts";
import type { ArenaState } from "#shared/schema/state.ts";

/** Watched late: anybody may watch, also the friend of a player. */
const PUBLIC = RoomSettings.parse({ players: MAX_PLAYERS, listed: true, vote: true, spectating: "delayed" });

/** The settings of public rooms that an operator may set. */
export type PublicRules = Pick<RoomSettings, "players" | "timeLimitMin" | "scoreLimit"> & {
  /** The map with which they begin, where it has their mode; by default a small one. */
  readonly firstMap?: string;
};

/** The settings of a public room that begins with this mode, on a map for its number of players. */
export function publicSettings(mode: ModeName = PUBLIC.mode, rules?: PublicRules): RoomSettings {
  const { firstMap = "", ...limits }: Partial<PublicRules> = rules ?? {};
  const settings = { ...PUBLIC, ...limits, mode };
  // On a range pickups are back at once: nobody's career grows there.
  const isFirst = isPlayable({ map: firstMap, mode }) && MAPS.get(firstMap)?.arena.use === "match";
  return { ...settings, map: isFirst ? firstMap : mapFor(settings) };
}

/**
 * The smallest map that holds the players, so that the first of them does not search for the others; or the largest of all. A
 * featured arena that holds them may take its place, by chance.
 */
function mapFor({ map, mode, players }: RoomSettings): string {
  const arenas = publicMaps()
    .map(({ arena }) => arena)
    .filter(({ modes, use }) => use === "match" && modes.includes(mode));
  const own = arenas.filter(({ name }) => MAPS.has(name));
  own.sort((a, b) => a.widthPx * a.heightPx - b.widthPx * b.heightPx);
  const holds = ({ players: made }: Arena) => made.max >= players;
  const first = own.find(holds) ?? own.at(-1);
  const featured = arenas.filter((arena) => !own.includes(arena) && holds(arena));
  const fitting = first ? [first, ...featured] : featured;
  return fitting[Math.floor(Math.random() * fitting.length)]?.name ?? map;
}

/** Whether the server has the map, and the map is made for the mode. A brought arena must be loaded. */
export const isPlayable = ({ map, mode }: Pick<RoomSettings, "map" | "mode">): boolean =>
  !isRemoved(map) && mapOf(map)?.arena.modes.includes(mode) === true;

/** Whether a room may begin a match with these settings: a public one on no arena that somebody has brought, unless it is featured. */
export const mayBegin = (settings: Pick<RoomSettings, "map" | "mode">, isHosted: boolean): boolean =>
  isPlayable(settings) && (isHosted || isPublic(settings.map));

/** The settings, on a map that the server has for their mode. */
export const playable = (settings: RoomSettings): RoomSettings =>
  isPlayable(settings) ? settings : onPublicMap(settings);

/** The settings, on a map that public rooms play in their mode. */
export const onPublicMap = (settings: RoomSettings): RoomSettings => ({ ...settings, map: mapFor(settings) });

/** Checks a new room's map and mode. Throws ServerError with REFUSAL.badSettings. */
export function assertPlayable(settings: RoomSettings): RoomSettings {
  if (isPlayable(settings)) return settings;
  const { map, mode } = settings;
  const reason =
    mapOf(map) && !isRemoved(map) ? `the map "${map}" is not made for ${mode}` : `there is no map "${map}"`;
  throw new ServerError(REFUSAL.badSettings, reason);
}

/** A room's current settings, which the state carries to every client as JSON. */
export class Settings {
  readonly #state: Pick<ArenaState, "settings">;
  #now: RoomSettings;
  /** Keeps the map of the next match loaded. */
  protected arena: Arena | undefined;

  constructor(state: Pick<ArenaState, "settings">, first: RoomSettings) {
    this.#state = state;
    this.#now = first;
    this.change({});
  }

  get now(): RoomSettings {
    return this.#now;
  }

  change(change: Partial<RoomSettings>): void {
    const now = { ...this.#now, ...change };
    this.#now = { ...now, title: censor(now.title) };
    this.arena = mapOf(this.#now.map)?.arena;
    this.#state.settings = JSON.stringify(this.#now);
  }
}
