/**
 * A bot: perception → command. It perceives and steers in every tick, and decides every few ticks. The server's bots,
 * the demo behind the title and the clients of the load test all use it.
 */
import type { Arena } from "#shared/arena/arena.ts";
import { BUTTON, type Command, MOVE_MAX } from "#shared/schema/input.ts";
import type { Random } from "#shared/sim/random.ts";
import type { Place } from "#shared/sim/sight.ts";
import { isAlive } from "#shared/sim/world.ts";
import { decide } from "./decide.ts";
import { findThreat } from "./dodge.ts";
import { angleTo } from "./geometry.ts";
import { createMind, type Mind, resetMind } from "./mind.ts";
import { chooseMove, type Move } from "./move.ts";
import type { Perception } from "./perception.ts";
import { type SkillLevel, skillAt } from "./skill.ts";
import { followTarget } from "./target.ts";
import { chooseShot, reachTo, type Shooting, triggersFor } from "./weapons.ts";

export interface Brain {
  /** Call once a tick. Deterministic: the same random stream and perceptions give the same commands. */
  think(perception: Perception): Command;
  /** Sends the bot to a place for a second, before pickups and objectives. */
  send(place: Place, tick: number): void;
}

const IDLE: Command = { moveX: 0, moveY: 0, aim: 0, buttons: 0, reach: 0 };

export function createBrain(arena: Arena, random: Random, skill: SkillLevel = "normal"): Brain {
  const mind = createMind(arena, random, skillAt(skill));
  return {
    think(perception) {
      if (!isAlive(perception.self)) {
        resetMind(mind);
        return IDLE;
      }
      perceive(mind, perception);
      if (mind.thinkInTicks-- <= 0) {
        decide(mind, perception);
        mind.thinkInTicks = mind.skill.thinkEveryTicks - 1;
      }
      return steer(mind, perception);
    },
    send: (place, tick) => mind.memory.hearOf(place, tick),
  };
}

/** The part of perception that cannot wait for the next decision. */
function perceive(mind: Mind, perception: Perception): void {
  mind.memory.listen(perception);
  if (mind.target) followTarget(mind.arena, mind.target, perception);
  if (mind.target && hasFallen(mind.target.id, perception)) mind.target = undefined;
  mind.threat = mind.orders.dodges ? findThreat(perception, mind.skill.reactionTicks) : undefined;
}

/** A bot knows every kill, as a player does from the kill feed. */
const hasFallen = (id: string, { events }: Perception): boolean =>
  events.some((event) => event.type === "kill" && event.victim === id);

function steer(mind: Mind, perception: Perception): Command {
  const { self, tick } = perception;
  const move = chooseMove(mind, perception);
  const { target } = mind;
  const shot = target && chooseShot(mind.arena, self, target, mind.sights.enemies, tick, mind.skill);
  const trackedTicks = target ? tick - target.sinceTick : 0;
  const offRad = mind.hand.turnTo(
    shot ? angleTo(self, shot.at) : idleAim(mind, perception, move),
    trackedTicks,
  );
  const shoots =
    shot && mind.orders.fires && trackedTicks >= mind.skill.reactionTicks && offRad < shot.toleranceRad;
  return {
    moveX: Math.round(move.x * MOVE_MAX),
    moveY: Math.round(move.y * MOVE_MAX),
    aim: mind.hand.aim,
    buttons: (shoots ? triggersFor(shot) : 0) | (move.dash ? BUTTON.dash : 0),
    reach: shot ? reachOf(self, shot) : 0,
  };
}

const reachOf = (self: Perception["self"], { at }: Shooting) => reachTo(self, at);

/** Without a shot: towards the target's last known place, otherwise in the direction of movement. */
function idleAim({ target, hand }: Mind, { self }: Perception, move: Move): number {
  if (target) return angleTo(self, target);
  return move.x === 0 && move.y === 0 ? hand.aim : Math.atan2(move.y, move.x);
}
