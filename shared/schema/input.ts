/** A player's command: one per tick, at most six bytes on the wire. */
import { type SchemaType, schema, t } from "@colyseus/schema";

export const BUTTON = { fire: 1, dash: 2, altFire: 4 } as const;

export const MOVE_MAX = 127;

/** Length of one step of `reach`. */
export const REACH_STEP_PX = 4;

export const CommandInput = schema(
  {
    /** Stick, −127…127; right and down are positive. */
    moveX: t.int8(),
    moveY: t.int8(),
    /** Radians, 0 to the right, clockwise on screen. */
    aim: t.angle(),
    /** Bits of BUTTON. */
    buttons: t.uint8(),
    /** Distance from the drone to the pointer, in steps of REACH_STEP_PX: where a shell shall land. */
    reach: t.uint8(),
  },
  "CommandInput",
);
export type CommandInput = SchemaType<typeof CommandInput>;

/** The part of a command that the simulation reads; a CommandInput satisfies it. */
export interface Command {
  readonly moveX: number;
  readonly moveY: number;
  readonly aim: number;
  readonly buttons: number;
  /** Steps of REACH_STEP_PX; undefined is the shortest lob. */
  readonly reach?: number | undefined;
  /**
   * Server time of the world that the player's screen showed, ms. The inbox sets it from the command's time stamp; 0 or
   * undefined means the present.
   */
  readonly seenAtMs?: number;
}

/** Enforced by the inbox of a guarded socket, else by Colyseus' sanitiser; the wire format itself bounds the other fields. */
export const COMMAND_RANGES = {
  moveX: [-MOVE_MAX, MOVE_MAX],
  moveY: [-MOVE_MAX, MOVE_MAX],
} as const;
