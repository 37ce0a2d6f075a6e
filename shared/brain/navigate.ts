/** Navigation: straight to the goal where possible, otherwise along the flow field; frees a bot that is stuck. */
import { type Arena, isSolidAt } from "#shared/arena/arena.ts";
import { type FlowField, nextOnWay } from "#shared/arena/flowField.ts";
import { pickIndex, type Random } from "#shared/sim/random.ts";
import type { Place } from "#shared/sim/sight.ts";
import { isPathClear, wayKey, wayPx, wayTo } from "./ways.ts";

const LOOK_AHEAD_TILES = 8;
const AT_WAYPOINT_PX = 30;
/** It steers straight to a goal nearer than this when the path is clear. */
const STRAIGHT_PX = 600;

/** A bot that wants to move but stays within `movedPx` for `afterTicks` goes in a random direction for `looseTicks`. */
const STUCK = {
  movedPx: 64,
  afterTicks: 55,
  looseTicks: 15,
} as const;

export class Navigator {
  readonly #arena: Arena;
  readonly #random: Random;
  #goal: Place = { x: 0, y: 0 };
  #goalKey = -1;
  #way: FlowField | undefined;
  /** See `nextOnWay`: on which side it passes obstacles when both are equally long. Drawn anew for each goal. */
  #turned = false;
  #waypoint: Place | undefined;
  /** Its place when it last made progress. */
  #anchor: Place = { x: 0, y: 0 };
  #anchorTick = Number.NEGATIVE_INFINITY;
  #loose: (Place & { untilTick: number }) | undefined;

  constructor(arena: Arena, random: Random) {
    this.#arena = arena;
    this.#random = random;
  }

  /** Sets the goal. Returns false when no path leads to it. Cheap to repeat with the same goal. */
  headFor(goal: Place, from: Place): boolean {
    if (isSolidAt(this.#arena, goal.x, goal.y) || wayPx(this.#arena, from, goal) === Infinity) return false;
    const key = wayKey(this.#arena, goal);
    this.#goal = goal;
    if (key !== this.#goalKey) {
      this.#goalKey = key;
      this.#way = wayTo(this.#arena, goal);
      this.#turned = this.#random.next() < 0.5;
    }
    this.#waypoint = undefined;
    return true;
  }

  /** The waypoint to steer to. */
  next(self: Place): Place {
    if (!this.#way) return self;
    if (!this.#waypoint || isNear(self, this.#waypoint, AT_WAYPOINT_PX)) {
      this.#waypoint = this.#farthestClear(self, this.#way);
    }
    return this.#waypoint;
  }

  /**
   * Call every tick. Returns a place to go to instead while the bot is stuck: pushed into a corner by others, or
   * alternating between two goals.
   */
  shakeLoose(self: Place, wantsToMove: boolean, tick: number): Place | undefined {
    if (this.#loose && tick < this.#loose.untilTick) return this.#loose;
    if (this.#loose) this.#anchorTick = tick;
    this.#loose = undefined;
    if (!wantsToMove || !isNear(self, this.#anchor, STUCK.movedPx)) {
      this.#anchor = { x: self.x, y: self.y };
      this.#anchorTick = tick;
    } else if (tick - this.#anchorTick >= STUCK.afterTicks) {
      this.#waypoint = undefined;
      this.#loose = { ...this.#openNeighbour(self), untilTick: tick + STUCK.looseTicks };
    }
    return this.#loose;
  }

  #farthestClear(self: Place, way: FlowField): Place {
    const { tilePx } = this.#arena;
    const goal = this.#goal;
    if (isNear(self, goal, STRAIGHT_PX) && isPathClear(this.#arena, self, goal)) return goal;
    let step = nextOnWay(this.#arena, way, self.x, self.y, this.#turned);
    let farthest = step;
    for (let tiles = 1; tiles < LOOK_AHEAD_TILES; tiles++) {
      step = nextOnWay(this.#arena, way, step.x, step.y, this.#turned);
      if (!isPathClear(this.#arena, self, step)) break;
      farthest = step;
    }
    return isNear(farthest, goal, tilePx / 2) ? goal : farthest;
  }

  #openNeighbour({ x, y }: Place): Place {
    const { tilePx } = this.#arena;
    const first = pickIndex(this.#random, 8);
    for (let turn = 0; turn < 8; turn++) {
      const angle = ((first + turn) * Math.PI) / 4;
      const place = { x: x + Math.cos(angle) * 2 * tilePx, y: y + Math.sin(angle) * 2 * tilePx };
      if (isPathClear(this.#arena, { x, y }, place)) return place;
    }
    return {
      x: (Math.floor(x / tilePx) + 0.5) * tilePx,
      y: (Math.floor(y / tilePx) + 0.5) * tilePx,
    };
  }
}

const isNear = (a: Place, b: Place, px: number) => (a.x - b.x) ** 2 + (a.y - b.y) ** 2 < px * px;
