/** Reads the minimap's content from the room's state, which holds only what the server lets this player see. */
import type { MinimapView } from "#client/ui/state/model.ts";
import type { Arena } from "#shared/arena/arena.ts";
import type { Drone } from "#shared/schema/state.ts";
import { type FieldState, fieldOf } from "./shownField.ts";

export interface MinimapState extends FieldState {
  readonly drones: { entries(): Iterable<[string, Drone]> };
}

export function viewMinimap(
  state: MinimapState,
  arena: Arena,
  me: string,
  self: Readonly<{ x: number; y: number }>,
): MinimapView {
  const { flags, hill } = fieldOf(state, arena);
  const others = [...state.drones.entries()].filter(([id, { hp }]) => id !== me && hp > 0);
  return {
    arena,
    self: { x: self.x, y: self.y },
    others: others.map(([id, { team, x, y }]) => ({ id, team, x, y })),
    flags: Array.from(flags, ({ team, x, y }) => ({ team, x, y })),
    hill,
  };
}
