/** Dodging: finds the shot that will hit first and the shortest way out of its line. */
import { TICKS_PER_SEC } from "#shared/config.ts";
import { DRONE, PROJECTILES } from "#shared/tuning.ts";
import type { Stick } from "./geometry.ts";
import { isInView, type OwnDrone, type Perception } from "./perception.ts";

/** Shots that would hit later than this are ignored for now. */
const SOON_TICKS = 16;
/** Margin of a sidestep. */
const SPARE_PX = 12;

export interface Threat {
  /** Direction of the sidestep, of length 1. */
  readonly out: Stick;
  readonly inTicks: number;
}

/** Of the shots that have been in the air for `reactionTicks`, the one that will hit first; undefined if none will. */
export function findThreat(perception: Perception, reactionTicks: number): Threat | undefined {
  const { self, shots, tick } = perception;
  const { team } = self;
  let first: Threat | undefined;
  for (const shot of shots) {
    if (shot.ownerTeam === team || tick - shot.bornTick < reactionTicks || !isInView(self, shot)) continue;
    const threat = PROJECTILES[shot.weapon].lob ? underShell(self, shot) : inLine(self, shot);
    if (threat && threat.inTicks < (first?.inTicks ?? SOON_TICKS)) first = threat;
  }
  return first;
}

type Shot = Perception["shots"][number];

/** Extrapolates both the shot and the own drone linearly. */
function inLine(self: OwnDrone, shot: Shot): Threat | undefined {
  const dx = self.x - shot.x;
  const dy = self.y - shot.y;
  const alongPx = dx * shot.dirX + dy * shot.dirY;
  if (alongPx < 0 || alongPx > shot.leftPx + DRONE.radiusPx) return undefined;
  const inTicks = alongPx / shot.speedPxPerTick;
  if (inTicks > SOON_TICKS) return undefined;
  // Positive on the side of (−dirY, dirX): to the right of the shot's direction on screen.
  const driftPx = ((self.vx * -shot.dirY + self.vy * shot.dirX) / TICKS_PER_SEC) * inTicks;
  const asidePx = dx * -shot.dirY + dy * shot.dirX + driftPx;
  const widePx = DRONE.radiusPx + PROJECTILES[shot.weapon].shotRadiusPx + SPARE_PX;
  const spreadPx = (alongPx * PROJECTILES[shot.weapon].spreadRad) / 2;
  if (Math.abs(asidePx) > widePx + spreadPx) return undefined;
  const side = asidePx < 0 ? -1 : 1;
  return { out: { x: -shot.dirY * side, y: shot.dirX * side }, inTicks };
}

function underShell(self: OwnDrone, shot: Shot): Threat | undefined {
  const inTicks = shot.leftPx / shot.speedPxPerTick;
  const dx = self.x - (shot.x + shot.dirX * shot.leftPx);
  const dy = self.y - (shot.y + shot.dirY * shot.leftPx);
  const px = Math.hypot(dx, dy);
  const reachPx = (PROJECTILES[shot.weapon].lob?.splashPx ?? 0) + DRONE.radiusPx;
  if (inTicks > SOON_TICKS || px > reachPx) return undefined;
  return { out: px < 1 ? { x: -shot.dirY, y: shot.dirX } : { x: dx / px, y: dy / px }, inTicks };
}
