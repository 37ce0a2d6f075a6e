/** Reads pickups, flags, hill and drone details out of the state, as the views take them. */
import type { ShownDrone, ShownField, ShownFlag, ShownHill, ShownPickup } from "#client/render/shown.ts";
import { settings } from "#client/settings/settings.ts";
import { hasBounty } from "#client/ui/state/fight.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { HILL } from "#shared/modes/kingOfTheHill.ts";
import { MODES } from "#shared/modes/modes.ts";
import { isTeamMode } from "#shared/modes/rules.ts";
import type { ModeName } from "#shared/schema/names.ts";
import type { ArenaState, Drone, Flag, Hill, Pickup } from "#shared/schema/state.ts";
import { PICKUP_NAMES } from "#shared/tuning.ts";

/** The synced state, or that of a local simulation. */
export interface FieldState {
  readonly mode: ModeName;
  readonly pickups: { entries(): Iterable<[string, Pickup]> };
  readonly flags: { values(): Iterable<Flag> };
  readonly hill: Hill;
}

export function fieldOf(state: FieldState, arena: Arena): ShownField {
  return {
    pickups: pickupsOf(state),
    flags: flagsOf(state, arena),
    hill: MODES[state.mode].needs === "hills" && state.hill.width > 0 ? hillOf(state.hill) : undefined,
  };
}

/** Whether a drone of `team` is a friend or foe to `ownTeam`; "none" in modes without teams. */
export function sideOf(
  { mode }: Pick<ArenaState, "mode">,
  team: number,
  ownTeam: number,
): ShownDrone["side"] {
  if (!isTeamMode(mode)) return "none";
  return team === ownTeam ? "friend" : "foe";
}

/** Team of the flag that the drone `id` carries; undefined without a flag. */
export function carriedBy(state: Pick<FieldState, "flags">, id: string): number | undefined {
  for (const { carrier, team } of state.flags.values()) if (carrier === id) return team;
  return undefined;
}

/** The fields of a drone that views show unchanged. */
export const shownPart = ({ team, hp, shield, status }: Drone) => ({ team, hp, shield, status });

/** A crown before the name of a drone on which there is a bounty: chess pieces are in every system's fonts. */
export function nameIn({ roster }: Pick<ArenaState, "roster">, id: string): string {
  const name = roster.get(id)?.name ?? "";
  return name !== "" && hasBounty(id) ? `♛ ${name}` : name;
}

/** The look of the drone `id`. Players may hide the looks of others. */
export const lookIn = ({ roster }: Pick<ArenaState, "roster">, id: string, isOwn: boolean): number =>
  isOwn || settings.othersLooks.value ? (roster.get(id)?.look ?? 0) : 0;

function* pickupsOf({ pickups }: FieldState): Iterable<ShownPickup> {
  for (const [id, { x, y, kind }] of pickups.entries()) {
    const name = PICKUP_NAMES[kind];
    if (name) yield { id, kind: name, x, y };
  }
}

function* flagsOf({ flags }: FieldState, arena: Arena): Iterable<ShownFlag> {
  for (const { team, x, y, carrier } of flags.values()) {
    const home = arena.flags.find((spot) => spot.team === team) ?? { x, y };
    yield { team, x, y, home, carried: carrier !== "" };
  }
}

function hillOf({ x, y, width, height, holder }: Hill): ShownHill {
  if (holder === HILL.empty) return { x, y, width, height, holder: "nobody" };
  if (holder === HILL.contested) return { x, y, width, height, holder: "contested" };
  return { x, y, width, height, holder: holder - HILL.held };
}
