/** The player's view: leans with each command that is sent, as the server's does, and moves smoothly between them. */
import type { Arena } from "#shared/arena/arena.ts";
import { TICK_MS } from "#shared/config.ts";
import type { Command } from "#shared/schema/input.ts";
import type { Place } from "#shared/sim/sight.ts";
import { type Lean, NO_LEAN, stepLean, viewCentre } from "#shared/sim/view.ts";

export interface OwnView {
  /** Call once a frame with the time since the last and the number of commands that are due in it. */
  advance(deltaMs: number, due: number): void;
  /** Call with each command that is sent. */
  step(command: Command, isDriving: boolean): void;
  /** The middle of the view around the own drone as drawn, world px. */
  around(self: Place): Place;
  /** The middle of the view around another drone. */
  through(eye: Place): Place;
}

export function createOwnView(arena: Arena): OwnView {
  const lean: Lean = { ...NO_LEAN };
  const before: Lean = { ...NO_LEAN };
  const drawn: Lean = { ...NO_LEAN };
  /** Time since the tick of the last command, ms. */
  let phaseMs = 0;
  return {
    advance(deltaMs, due) {
      // Follows the clock that says when commands are due: clamped, it agrees with it after one tick.
      phaseMs = Math.max(0, Math.min(TICK_MS, phaseMs + deltaMs - due * TICK_MS));
    },
    step(command, isDriving) {
      before.x = lean.x;
      before.y = lean.y;
      stepLean(lean, command, isDriving);
    },
    around(self) {
      const share = phaseMs / TICK_MS;
      drawn.x = before.x + (lean.x - before.x) * share;
      drawn.y = before.y + (lean.y - before.y) * share;
      return viewCentre(self, drawn, arena);
    },
    through: (eye) => viewCentre(eye, NO_LEAN, arena),
  };
}
