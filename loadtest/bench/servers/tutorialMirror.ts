/** Copies a world into the tutorial's state. Setting a field to the value that it has sends nothing. */
import {
  Fighter,
  FightState,
  Item,
  Player,
  Shot,
  TutorialState,
} from "#loadtest/bench/wires/tutorialState.ts";
import type { Field } from "./field/field.ts";
import type { Fight } from "./fight/fight.ts";
import type { World } from "./world.ts";

export interface Mirror {
  readonly state: TutorialState | FightState;
  /** Makes the state equal to the world. */
  copy(): void;
}

export function mirrorOf(world: World): Mirror {
  if (world.kind === "field") {
    const state = new TutorialState();
    return { state, copy: () => copyField(world, state) };
  }
  const state = new FightState();
  return { state, copy: () => copyFight(world, state) };
}

function copyField({ bodies }: Field, { players }: TutorialState): void {
  for (const { id, x, y, aim } of bodies) {
    const player = players.get(id);
    if (!player) {
      players.set(id, new Player({ x, y, aim }));
      continue;
    }
    player.x = x;
    player.y = y;
    player.aim = aim;
  }
  const isPresent = (id: string) => bodies.some((body) => body.id === id);
  if (players.size > bodies.length) removeFrom(players, isPresent);
}

/** A shot's flight follows from how it was fired, and a pickup does not move: neither is updated. */
function copyFight({ world }: Fight, { players, shots, items }: FightState): void {
  const { drones, projectiles, pickups } = world.state;
  for (const [id, { x, y, aim, hp, shield, score }] of drones.entries()) {
    const player = players.get(id);
    if (!player) {
      players.set(id, new Fighter({ x, y, aim, hp, shield, score }));
      continue;
    }
    player.x = x;
    player.y = y;
    player.aim = aim;
    player.hp = hp;
    player.shield = shield;
    player.score = score;
  }
  for (const [id, { x, y, aim, weapon, owner }] of projectiles.entries()) {
    if (!shots.has(id)) shots.set(id, new Shot({ x, y, aim, weapon, owner }));
  }
  for (const [id, { x, y, kind }] of pickups.entries()) {
    if (!items.has(id)) items.set(id, new Item({ x, y, kind }));
  }
  if (players.size > drones.size) removeFrom(players, (id) => drones.get(id) !== undefined);
  if (shots.size > projectiles.size) removeFrom(shots, (id) => projectiles.get(id) !== undefined);
  if (items.size > pickups.size) removeFrom(items, (id) => pickups.get(id) !== undefined);
}

function removeFrom(
  entities: { keys(): Iterable<string>; delete(id: string): unknown },
  isPresent: (id: string) => boolean,
): void {
  for (const id of [...entities.keys()]) if (!isPresent(id)) entities.delete(id);
}
