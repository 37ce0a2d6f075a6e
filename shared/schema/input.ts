/** One sampled input: six bytes on the wire at most, one a tick. */
import { type SchemaType, schema, t } from "@colyseus/schema";

export const BUTTON = { fire: 1, dash: 2, altFire: 4 } as const;

export const MOVE_MAX = 127;

/** How many px a step of `reach` is. */
export const REACH_STEP_PX = 4;

export const CommandInput = schema(
  {
    /** Analog stick, −127…127; right and down are positive. */
    moveX: t.int8(),
    moveY: t.int8(),
    /** Radians, 0 to the right, clockwise on screen. */
    aim: t.angle(),
    /** Bits of BUTTON. */
    buttons: t.uint8(),
    /** How far off the player points, in steps of REACH_STEP_PX: where a shell is to land. */
    reach: t.uint8(),
    /** What Colyseus queues of each command: nobody sends it on, and a whole instance takes ten times as long. */
    clone(): Command {
      const { moveX, moveY, aim, buttons, reach } = this as Command;
      return { moveX, moveY, aim, buttons, reach };
    },
  },
  "CommandInput",
);
export type CommandInput = SchemaType<typeof CommandInput>;

/** What the simulation reads of an input; the schema instance satisfies it. */
export interface Command {
  readonly moveX: number;
  readonly moveY: number;
  readonly aim: number;
  readonly buttons: number;
  /** Steps of REACH_STEP_PX; nothing is as near as a shell can fall. */
  readonly reach?: number | undefined;
  /**
   * Server clock, ms: the world was on the player's screen as it had been then. The room writes it, for commands
   * that a rewind may be due for; 0 or nothing is "now".
   */
  readonly seenAtMs?: number;
}

/** Legal ranges for Colyseus' sanitiser; the angle's range is the wire's own. */
export const COMMAND_RANGES = {
  moveX: [-MOVE_MAX, MOVE_MAX],
  moveY: [-MOVE_MAX, MOVE_MAX],
} as const;
