/** The settings in force in a room: a public one's are the server's, a hosted one's what its host asked for. */
import { ServerError } from "@colyseus/core";
import { MAPS } from "#server/arenas.ts";
import { MAX_PLAYERS } from "#shared/config.ts";
import type { ModeName } from "#shared/modes/modes.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import type { ArenaState } from "#shared/schema/state.ts";

const PUBLIC = RoomSettings.parse({ players: MAX_PLAYERS, listed: true, vote: true });

/** What an operator says of all public rooms. */
export type PublicRules = Pick<RoomSettings, "players" | "timeLimitMin" | "scoreLimit">;

/** Of a public room that begins with this mode, on a map that holds its players; they vote on what follows. */
export function publicSettings(mode: ModeName = PUBLIC.mode, rules?: PublicRules): RoomSettings {
  const settings = { ...PUBLIC, ...rules, mode };
  return { ...settings, map: mapFor(settings) };
}

/** The usual one if it will do; else the smallest that holds as many, or the one that holds most. */
function mapFor({ map, mode, players }: RoomSettings): string {
  const mostIn = (name: string) => MAPS.get(name)?.arena.players.max ?? 0;
  const bySize = [...MAPS.keys()].filter((name) => isPlayable({ map: name, mode }));
  bySize.sort((a, b) => mostIn(a) - mostIn(b));
  const holding = bySize.filter((name) => mostIn(name) >= players);
  return holding.find((name) => name === map) ?? holding[0] ?? bySize.at(-1) ?? map;
}

/** Whether there is such a map, and it is made for the mode. */
export const isPlayable = ({ map, mode }: Pick<RoomSettings, "map" | "mode">): boolean =>
  MAPS.get(map)?.arena.modes.includes(mode) === true;

/** For a room that is to be made. Throws ServerError with REFUSAL.badSettings. */
export function assertPlayable(settings: RoomSettings): RoomSettings {
  if (isPlayable(settings)) return settings;
  const { map, mode } = settings;
  const reason = MAPS.has(map) ? `the map "${map}" is not made for ${mode}` : `there is no map "${map}"`;
  throw new ServerError(REFUSAL.badSettings, reason);
}

/** Everybody in the room is shown them, through the state. */
export class Settings {
  readonly #state: Pick<ArenaState, "settings">;
  #now: RoomSettings;

  constructor(state: Pick<ArenaState, "settings">, first: RoomSettings) {
    this.#state = state;
    this.#now = first;
    this.change({});
  }

  get now(): RoomSettings {
    return this.#now;
  }

  change(change: Partial<RoomSettings>): void {
    this.#now = { ...this.#now, ...change };
    this.#state.settings = JSON.stringify(this.#now);
  }
}
