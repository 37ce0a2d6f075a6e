/** Four buttons as a stick. */
import type { Action } from "#client/settings/bindings.ts";
import type { Vector } from "./stick.ts";

const DIRECTIONS: Readonly<Partial<Record<Action, Vector>>> = {
  moveUp: { x: 0, y: -1 },
  moveLeft: { x: -1, y: 0 },
  moveDown: { x: 0, y: 1 },
  moveRight: { x: 1, y: 0 },
};

export const isDirection = (action: Action): boolean => action in DIRECTIONS;

/** Two at once go as far as one; opposite ones cancel out. */
export function directionOf(actions: Iterable<Action>): Vector {
  let x = 0;
  let y = 0;
  for (const action of actions) {
    x += DIRECTIONS[action]?.x ?? 0;
    y += DIRECTIONS[action]?.y ?? 0;
  }
  x = Math.sign(x);
  y = Math.sign(y);
  const reach = x !== 0 && y !== 0 ? Math.SQRT1_2 : 1;
  return { x: x * reach, y: y * reach };
}
