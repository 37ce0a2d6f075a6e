/** The whole state of a room, as socket.io's examples send it. */
import type { Field } from "./field/field.ts";
import type { Fight } from "./fight/fight.ts";
import type { World } from "./world.ts";

type Shown = Readonly<Record<string, unknown>>;

export interface JsonState {
  readonly tick: number;
  readonly players: Shown;
  /** In a fight only, as `items`. */
  readonly shots?: Shown;
  readonly items?: Shown;
}

/** Players come first: a light client looks for its own id from the start. */
export const jsonStateOf = (world: World): JsonState =>
  world.kind === "field" ? fieldState(world) : fightState(world);

function fieldState({ tick, bodies }: Field) {
  const players: Record<string, unknown> = {};
  for (const { id, x, y, aim } of bodies) players[id] = { x, y, aim: rounded(aim) };
  return { tick, players };
}

function fightState({ world: { state } }: Fight) {
  const players: Record<string, unknown> = {};
  const shots: Record<string, unknown> = {};
  const items: Record<string, unknown> = {};
  for (const [id, { x, y, aim, hp, shield, score }] of state.drones.entries()) {
    players[id] = { x, y, aim: rounded(aim), hp, shield, score };
  }
  for (const [id, { x, y, aim, weapon, owner }] of state.projectiles.entries()) {
    shots[id] = { x, y, aim: rounded(aim), weapon, owner };
  }
  for (const [id, { x, y, kind }] of state.pickups.entries()) items[id] = { x, y, kind };
  return { tick: state.tick, players, shots, items };
}

/** Only angles are rounded, as a developer who minds bytes would: positions on the wire's grid are short in JSON. */
const rounded = (aim: number): number => Math.round(aim * 1000) / 1000;
