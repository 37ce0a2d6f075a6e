/** The field: one room of players who move and do not fire, on open floor. It measures what views and poses cost. */
import type { Arena } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { MOVE_MAX } from "#shared/schema/input.ts";
import { POSITION_SPAN_PX } from "#shared/schema/wire.ts";
import { cos, sin } from "#shared/sim/angle.ts";
import { type Random, seededRandom } from "#shared/sim/random.ts";
import { DRONE } from "#shared/tuning.ts";
import { type Script, turning } from "./script.ts";

/** `equal`: the same area per player at every size. `whole`: the largest field that the wire can carry, always. */
export const SPREADS = ["equal", "whole"] as const;
export type Spread = (typeof SPREADS)[number];

export interface FieldScenario {
  readonly kind: "field";
  readonly seed: number;
  readonly players: number;
  readonly spread: Spread;
}

/** At equal density this many players fill the largest field; more of them stand closer. */
const FULL_PLAYERS = 400;
const COLUMNS = 64;
/** The radius of a player's circle, in fields that are large enough. */
const LEAST_RADIUS_PX = 60;
const MOST_RADIUS_PX = 320;

export interface Path extends Script {
  readonly startX: number;
  readonly startY: number;
}

/** Side of the square field, px. */
export function sidePx({ players, spread }: FieldScenario): number {
  const share = spread === "whole" ? 1 : Math.min(1, Math.sqrt(players / FULL_PLAYERS));
  return POSITION_SPAN_PX * share;
}

/** Open floor with a wall around it. No bushes and no pickups, so that servers cannot differ over them. */
export function arenaOf(scenario: FieldScenario): Arena {
  const side = sidePx(scenario);
  const tiles = COLUMNS * COLUMNS;
  return {
    name: "field",
    tilePx: side / COLUMNS,
    columns: COLUMNS,
    rows: COLUMNS,
    widthPx: side,
    heightPx: side,
    solid: new Uint8Array(tiles),
    bushes: new Uint8Array(tiles),
    spawns: [{ x: side / 2, y: side / 2 }],
    pickups: [],
    flags: [],
    hills: [],
    modes: ["deathmatch"],
    players: { min: 1, max: scenario.players },
    theme: "foundry",
    use: "match",
  };
}

/**
 * One path for each player, by number. Each player circles its own centre at full speed and turns its aim by one step
 * with every command. So every field changes in every patch, all views keep changing, and a client needs no position
 * from the server. On wires without an ack the aim shows which command a patch contains.
 */
export function pathsOf(scenario: FieldScenario): Path[] {
  const random = seededRandom(scenario.seed);
  const side = sidePx(scenario);
  return Array.from({ length: scenario.players }, (_, player) => circle(random, side, player));
}

function circle(random: Random, side: number, player: number): Path {
  const mostPx = Math.min(MOST_RADIUS_PX, side / 4);
  const leastPx = Math.min(LEAST_RADIUS_PX, mostPx / 2);
  const radiusPx = leastPx + (mostPx - leastPx) * random.next();
  const room = side - 2 * (radiusPx + DRONE.radiusPx);
  const centreX = (side - room) / 2 + room * random.next();
  const centreY = (side - room) / 2 + room * random.next();
  const phase = 2 * Math.PI * random.next();
  const turn = random.next() < 0.5 ? -1 : 1;
  const radPerCommand = (turn * DRONE.maxSpeedPxPerSec) / radiusPx / TICKS_PER_SEC;
  const { aimOf, commandShownBy } = turning(player);
  return {
    startX: centreX + radiusPx * cos(phase),
    startY: centreY + radiusPx * sin(phase),
    command(n) {
      const heading = phase + (turn * Math.PI) / 2 + radPerCommand * n;
      return {
        moveX: Math.round(MOVE_MAX * cos(heading)),
        moveY: Math.round(MOVE_MAX * sin(heading)),
        aim: aimOf(n),
        buttons: 0,
      };
    },
    commandShownBy,
  };
}
