/** The fight: rooms of a few players each, who move, shoot and are shot on one of Fracas' own maps. */
import { BUTTON, type Command, MOVE_MAX } from "#shared/schema/input.ts";
import { cos, sin } from "#shared/sim/angle.ts";
import { pickIndex, type Random, seededRandom } from "#shared/sim/random.ts";
import { type Script, turning } from "./script.ts";

export interface FightScenario {
  readonly kind: "fight";
  readonly seed: number;
  readonly players: number;
  /** Players in a room; the last room may have fewer. */
  readonly roomSize: number;
}

/** The players of a room head for the same corner of the map during this many commands, and so meet. */
const RALLY_COMMANDS = 150;
/** During this many commands a player keeps its stick, its own deviation from that heading, and its triggers. */
const HOLD_COMMANDS = 20;
/** A script begins again after this many rallies. */
const RALLIES = 32;
const HOLDS = (RALLIES * RALLY_COMMANDS) / HOLD_COMMANDS;
const CORNERS = [Math.PI / 4, (3 * Math.PI) / 4, (5 * Math.PI) / 4, (7 * Math.PI) / 4] as const;
/** To either side. */
const MOST_DEVIATION_RAD = 0.3 * Math.PI;
/** The shares of the holds in which a player fires, and of those that begin with a dash. */
const FIRES_SHARE = 0.6;
const DASHES_SHARE = 0.15;
/** How far shells fly: up to the mortar's range. */
const REACHES = 160;

type Hold = Pick<Command, "moveX" | "moveY" | "reach"> & {
  readonly fires: boolean;
  readonly dashes: boolean;
};

/**
 * One script for each player, by number. A player knows neither its place nor its enemies': it follows its room from
 * corner to corner, and its aim sweeps around while it fires, so that it hits whoever is near.
 */
export function fightScriptsOf({ seed, players, roomSize }: FightScenario): Script[] {
  const random = seededRandom(seed);
  const rooms = Array.from({ length: Math.ceil(players / roomSize) }, () => drawRallies(random));
  return Array.from({ length: players }, (_, player) =>
    scriptOf(random, player, rooms[Math.floor(player / roomSize)] ?? []),
  );
}

const drawRallies = (random: Random): number[] =>
  Array.from({ length: RALLIES }, () => CORNERS[pickIndex(random, CORNERS.length)] ?? 0);

function scriptOf(random: Random, player: number, rallies: readonly number[]): Script {
  const holds = Array.from({ length: HOLDS }, (_, hold) => {
    const rally = Math.floor((hold * HOLD_COMMANDS) / RALLY_COMMANDS);
    return drawHold(random, rallies[rally] ?? 0);
  });
  const { aimOf, commandShownBy } = turning(player);
  return {
    command(n) {
      const { fires, dashes, ...stick } = holds[Math.floor(n / HOLD_COMMANDS) % HOLDS] as Hold;
      const dash = dashes && n % HOLD_COMMANDS === 0 ? BUTTON.dash : 0;
      return { ...stick, aim: aimOf(n), buttons: dash | (fires ? BUTTON.fire | BUTTON.altFire : 0) };
    },
    commandShownBy,
  };
}

function drawHold(random: Random, rally: number): Hold {
  const heading = rally + MOST_DEVIATION_RAD * (2 * random.next() - 1);
  return {
    moveX: Math.round(MOVE_MAX * cos(heading)),
    moveY: Math.round(MOVE_MAX * sin(heading)),
    reach: pickIndex(random, REACHES),
    fires: random.next() < FIRES_SHARE,
    dashes: random.next() < DASHES_SHARE,
  };
}
