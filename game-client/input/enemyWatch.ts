/** Follows the enemies on the player's screen: where they are, how they move, and where a shot would meet them. */
import type { Arena } from "#shared/arena/arena.ts";
import { leadPlace } from "#shared/brain/aim.ts";
import { isInView } from "#shared/brain/perception.ts";
import { isLineClear } from "#shared/sim/collision.ts";
import type { Place } from "#shared/sim/sight.ts";
import { PROJECTILES } from "#shared/tuning.ts";
import type { SeenEnemy } from "./aimAssist.ts";

export interface EnemyWatch {
  readonly enemies: readonly SeenEnemy[];
  /** Call once a frame: begins a new look from `self`, `elapsedSec` after the last. */
  look(self: Place, elapsedSec: number): void;
  /** Call for each living enemy that is drawn, after `look`, at the place where it is drawn. */
  note(id: string, x: number, y: number, isProtected: boolean): void;
}

/** Weight of each new sample in the estimated velocity. */
const NEWS_SHARE = 0.3;
/** Enemies change course while a shot flies, so the aim leads them only by this share. */
const LEAD_SHARE = 0.6;
/** A larger step is a respawn, not a movement. */
const TELEPORT_PX = 120;

interface Watched extends SeenEnemy {
  x: number;
  y: number;
  vx: number;
  vy: number;
  lead: Place;
  isClear: boolean;
  isProtected: boolean;
  /** The look in which it was noted last. */
  look: number;
}

/** Keeps an entry for each drone that was ever seen, as many as a room has places. */
export function createEnemyWatch(arena: Arena): EnemyWatch {
  const known = new Map<string, Watched>();
  const enemies: Watched[] = [];
  let looks = 0;
  let self: Place = { x: 0, y: 0 };
  let elapsedSec = 0;

  return {
    enemies,
    look(place, sec) {
      looks++;
      self = place;
      elapsedSec = sec;
      enemies.length = 0;
    },
    note(id, x, y, isProtected) {
      if (!isInView(self, { x, y })) return;
      const enemy = known.get(id) ?? createWatched();
      known.set(id, enemy);
      const isContinued = enemy.look === looks - 1 && elapsedSec > 0;
      move(enemy, x, y, isContinued ? elapsedSec : 0);
      enemy.look = looks;
      enemy.isProtected = isProtected;
      enemy.isClear = isLineClear(arena, self.x, self.y, x, y);
      enemy.lead = leadPlace(self, enemy, PROJECTILES.blaster.speedPxPerSec, LEAD_SHARE);
      enemies.push(enemy);
    },
  };
}

const createWatched = (): Watched => ({
  ...{ x: 0, y: 0, vx: 0, vy: 0, look: -1 },
  ...{ lead: { x: 0, y: 0 }, isClear: false, isProtected: false },
});

/** `sec` is the time since its last known place; 0 forgets its velocity. */
function move(enemy: Watched, x: number, y: number, sec: number): void {
  const [dx, dy] = [x - enemy.x, y - enemy.y];
  const isKnown = sec > 0 && Math.hypot(dx, dy) < TELEPORT_PX;
  enemy.vx = isKnown ? enemy.vx + (dx / sec - enemy.vx) * NEWS_SHARE : 0;
  enemy.vy = isKnown ? enemy.vy + (dy / sec - enemy.vy) * NEWS_SHARE : 0;
  enemy.x = x;
  enemy.y = y;
}
