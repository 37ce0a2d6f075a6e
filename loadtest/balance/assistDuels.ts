/** Measures what the page's aim assist is worth: duels between bots that aim as we assume a thumb and a mouse do. */
import { assistedAim } from "#client/input/aimAssist.ts";
import { createEnemyWatch } from "#client/input/enemyWatch.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { type Brain, createBrain } from "#shared/brain/brain.ts";
import { lookAround, type Perception } from "#shared/brain/perception.ts";
import { SKILLS, type Skill } from "#shared/brain/skill.ts";
import { WorldSnapshot } from "#shared/brain/worldSnapshot.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { createWorld } from "#shared/game/createWorld.ts";
import { stepWorld } from "#shared/game/step.ts";
import { rulesOf } from "#shared/modes/rules.ts";
import type { Command } from "#shared/schema/input.ts";
import { STATUS } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { createDrone } from "#shared/sim/spawn.ts";
import { WEAPONS } from "#shared/tuning.ts";

/**
 * Two players of equal skill with different hands. The figures are an assumption, not a measurement of people: a thumb
 * errs almost four times as far as a mouse, and turns half as fast. In 80 duels on the anvil, seed 1, the thumb won 36 %
 * without assist, 39 % at half and 33 % at full strength. The standard error is 5 points: weak evidence that assist wins
 * nothing, and no proof that it helps.
 */
export const HANDS = {
  mouse: { ...SKILLS.normal, aimErrorRad: 0.08, turnRadPerTick: 0.5 },
  thumb: { ...SKILLS.normal, aimErrorRad: 0.3, turnRadPerTick: 0.25 },
} as const satisfies Record<string, Skill>;

export interface Duellist {
  readonly hands: keyof typeof HANDS;
  /** Strength of the aim assist, 0 to 1. */
  readonly assist: number;
}

const SCORE_LIMIT = 7;

/** Share of the duels that `one` wins against `other`, 0 to 1; a draw is half a win. They swap seats in each duel. */
export function shareOfWins(
  arena: Arena,
  one: Duellist,
  other: Duellist,
  { duels, seed }: { duels: number; seed: number },
): number {
  let wins = 0;
  for (let duel = 0; duel < duels; duel++) {
    const isFirst = duel % 2 === 0;
    const scores = playDuel(arena, isFirst ? [one, other] : [other, one], seed + duel);
    const lead = Math.sign((scores[0] ?? 0) - (scores[1] ?? 0)) * (isFirst ? 1 : -1);
    wins += (lead + 1) / 2;
  }
  return wins / duels;
}

function playDuel(arena: Arena, duellists: readonly Duellist[], seed: number): number[] {
  const world = createWorld(arena, seed, { ...rulesOf("deathmatch"), scoreLimit: SCORE_LIMIT });
  const snapshot = new WorldSnapshot(arena);
  const brains = duellists.map((duellist, index) => {
    const id = `bot-${index}`;
    world.state.drones.set(id, createDrone("", index));
    return { id, brain: withAssist(arena, duellist, seed * 1000 + index) };
  });
  let events: readonly SimEvent[] = [];
  while (world.state.phase === "live") {
    const commands = new Map<string, readonly Command[]>();
    snapshot.read(world.state, events);
    for (const { id, brain } of brains) {
      const perception = snapshot.perceptionOf(id);
      if (perception) commands.set(id, [brain.think(perception)]);
    }
    events = stepWorld(world, commands, seenNow);
  }
  return Array.from(world.state.drones.values(), ({ score }) => score);
}

/** A bot whose commands go through the aim assist, as a player's do. */
function withAssist(arena: Arena, { hands, assist }: Duellist, seed: number): Brain {
  const brain = createBrain(arena, seededRandom(seed), HANDS[hands]);
  const watch = createEnemyWatch(arena);
  const sights = { enemies: [], friends: [] };
  const look = (perception: Perception) => {
    lookAround(arena, perception, sights);
    watch.look(perception.self, 1 / TICKS_PER_SEC);
    for (const { id, x, y, status } of sights.enemies as Perception["drones"])
      watch.note(id, x, y, (status & STATUS.protected) !== 0);
  };
  return {
    ...brain,
    think(perception) {
      const command = brain.think(perception);
      if (assist === 0) return command;
      look(perception);
      const { rangePx } = WEAPONS.blaster;
      const aim = assistedAim(command.aim, perception.self, watch.enemies, assist, rangePx);
      return { ...command, aim };
    },
  };
}
