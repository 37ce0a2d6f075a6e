/** A simple bot: what it sees → the command it gives. It goes from place to place and shoots whom it sees. */
import type { Arena, SpawnPoint } from "#shared/arena/arena.ts";
import { type FlowField, flowTo, nextOnWay } from "#shared/arena/flowField.ts";
import { TICKS_PER_SEC, VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { BUTTON, type Command, MOVE_MAX } from "#shared/schema/input.ts";
import { isLineClear } from "#shared/sim/collision.ts";
import { type Hideable, isHidden } from "#shared/sim/concealment.ts";
import { pickIndex, type Random } from "#shared/sim/random.ts";
import { PROJECTILES } from "#shared/tuning.ts";

/** A drone as anybody may perceive it. */
export interface SeenDrone extends Hideable {
  readonly team: number;
}

/**
 * Everybody in the room; the brain looks only at whom a player could see: in the rectangle on screen, and not hidden
 * by a bush.
 */
export interface Perception {
  readonly self: SeenDrone;
  readonly others: Iterable<SeenDrone>;
  readonly tick: number;
}

export const BRAIN = {
  /** New orders, and a new aim error, this often. */
  thinkEveryTicks: Math.round(0.3 * TICKS_PER_SEC),
  aimErrorRad: 0.16,
  /** Closer than this it backs off, farther than twice this it closes in. */
  keepAwayPx: 260,
  arrivedPx: 90,
  /** It pauses between bursts, so that it can be fought by a beginner. */
  triggerChance: 0.55,
} as const;

export interface Brain {
  think(perception: Perception): Command;
}

interface Orders {
  target: SeenDrone | undefined;
  aimError: number;
  fires: boolean;
  /** −1 or 1: which way round the target it circles. */
  circle: number;
}

export function createBrain(arena: Arena, random: Random): Brain {
  let thinkInTicks = 0;
  let orders: Orders = { target: undefined, aimError: 0, fires: false, circle: 1 };
  let goal = pickGoal(arena, random);
  let way: FlowField = flowTo(arena, goal.x, goal.y);

  const decide = (perception: Perception) => {
    orders = {
      target: nearestVisible(arena, perception),
      aimError: (random.next() * 2 - 1) * BRAIN.aimErrorRad,
      fires: random.next() < BRAIN.triggerChance,
      circle: random.next() < 0.8 ? orders.circle : -orders.circle,
    };
  };

  return {
    think(perception) {
      const { self } = perception;
      if (thinkInTicks-- <= 0) {
        decide(perception);
        thinkInTicks = BRAIN.thinkEveryTicks;
      }
      if (distancePx(self, goal) < BRAIN.arrivedPx) {
        goal = pickGoal(arena, random);
        way = flowTo(arena, goal.x, goal.y);
      }
      // Its orders stand for a while; who slips into a bush meanwhile is lost at once, as on a screen.
      if (orders.target && isHidden(arena, orders.target, self, perception.tick)) orders.target = undefined;
      const { target } = orders;
      const heading = nextOnWay(arena, way, self.x, self.y);
      const aim = Math.atan2((target ?? heading).y - self.y, (target ?? heading).x - self.x);
      const towards = target ? circleAround(self, target, orders.circle) : heading;
      const inReach = target !== undefined && distancePx(self, target) < PROJECTILES.blaster.rangePx;
      return {
        ...stickTowards(self, towards),
        aim: aim + orders.aimError,
        buttons: inReach && orders.fires ? BUTTON.fire : 0,
      };
    },
  };
}

function pickGoal(arena: Arena, random: Random): SpawnPoint {
  return arena.spawns[pickIndex(random, arena.spawns.length)] as SpawnPoint;
}

function nearestVisible(arena: Arena, { self, others, tick }: Perception): SeenDrone | undefined {
  let nearest: SeenDrone | undefined;
  for (const other of others) {
    if (other.hp === 0 || other.team === self.team || !isInView(self, other)) continue;
    if (nearest && distancePx(self, other) >= distancePx(self, nearest)) continue;
    if (isHidden(arena, other, self, tick)) continue;
    if (isLineClear(arena, self.x, self.y, other.x, other.y)) nearest = other;
  }
  return nearest;
}

const isInView = (self: SeenDrone, other: SeenDrone) =>
  Math.abs(other.x - self.x) < VIEW_WIDTH_PX / 2 && Math.abs(other.y - self.y) < VIEW_HEIGHT_PX / 2;

/** A point to go to that keeps its distance and moves sideways, which makes the bot harder to hit. */
function circleAround(self: SeenDrone, target: SeenDrone, circle: number): SpawnPoint {
  const dx = target.x - self.x;
  const dy = target.y - self.y;
  const distance = distancePx(self, target);
  const nearer = distance < BRAIN.keepAwayPx ? -1 : distance > 2 * BRAIN.keepAwayPx ? 1 : 0;
  return { x: self.x + dx * nearer - dy * circle, y: self.y + dy * nearer + dx * circle };
}

function stickTowards(self: SeenDrone, to: SpawnPoint): Pick<Command, "moveX" | "moveY"> {
  const distance = distancePx(self, to);
  if (distance < 1) return { moveX: 0, moveY: 0 };
  return {
    moveX: Math.round(((to.x - self.x) / distance) * MOVE_MAX),
    moveY: Math.round(((to.y - self.y) / distance) * MOVE_MAX),
  };
}

const distancePx = (a: SpawnPoint, b: SpawnPoint) => Math.hypot(a.x - b.x, a.y - b.y);
