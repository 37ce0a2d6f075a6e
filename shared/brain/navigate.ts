/** Gets a bot to its goal: straight where it can, along the flow field where it must, and loose where it is stuck. */
import { type Arena, isSolidAt } from "#shared/arena/arena.ts";
import { type FlowField, nextOnWay } from "#shared/arena/flowField.ts";
import { pickIndex, type Random } from "#shared/sim/random.ts";
import type { Place } from "#shared/sim/sight.ts";
import { isPathClear, wayKey, wayPx, wayTo } from "./ways.ts";

const LOOK_AHEAD_TILES = 8;
const AT_WAYPOINT_PX = 30;
/** Straight to a goal nearer than this, if nothing is in the way. */
const STRAIGHT_PX = 600;

const STUCK = {
  /** No farther than this… */
  movedPx: 64,
  /** …in this time, though it wanted to: it goes somewhere, anywhere, for a moment. */
  afterTicks: 55,
  looseTicks: 15,
} as const;

export class Navigator {
  readonly #arena: Arena;
  readonly #random: Random;
  #goal: Place = { x: 0, y: 0 };
  #goalKey = -1;
  #way: FlowField | undefined;
  /** On which side it goes round things that are as long both ways: another with each goal. */
  #turned = false;
  #waypoint: Place | undefined;
  /** Where it was when it last got anywhere. */
  #anchor: Place = { x: 0, y: 0 };
  #anchorTick = Number.NEGATIVE_INFINITY;
  #loose: (Place & { untilTick: number }) | undefined;

  constructor(arena: Arena, random: Random) {
    this.#arena = arena;
    this.#random = random;
  }

  /** False when no way leads there from here. Cheap to call again with the same goal. */
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

  /** Where to steer now. */
  next(self: Place): Place {
    if (!this.#way) return self;
    if (!this.#waypoint || isNear(self, this.#waypoint, AT_WAYPOINT_PX)) {
      this.#waypoint = this.#farthestClear(self, this.#way);
    }
    return this.#waypoint;
  }

  /**
   * Every tick, with whether it wants to move: where to go instead, if it gets nowhere. Who is pushed into a corner
   * by others, or between two wishes, gets out by going any other way for a moment.
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
