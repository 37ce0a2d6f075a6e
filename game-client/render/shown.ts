/** What a scene reads out each frame for the views: plain values, whoever computed them. */
import type { PickupName, ProjectileName } from "#shared/tuning.ts";

export interface ShownDrone {
  readonly id: string;
  readonly team: number;
  /** Empty shows no name tag. */
  readonly name: string;
  readonly self: boolean;
  /** To the player on this page; "none" where everybody is on their own. */
  readonly side: "friend" | "foe" | "none";
  readonly x: number;
  readonly y: number;
  readonly aim: number;
  /** 0 is destroyed, and not drawn. */
  readonly hp: number;
  readonly shield: number;
  /** Bits of STATUS. */
  readonly status: number;
  /** Team of the flag that it carries. */
  readonly carrying: number | undefined;
}

export interface ShownShot {
  readonly id: number | string;
  readonly owner: string;
  readonly x: number;
  readonly y: number;
  readonly aim: number;
  readonly ageMs: number;
  readonly weapon: ProjectileName;
  /** How much of its way is behind it, 0 to 1. */
  readonly share: number;
  /** At a wall or the end of its range. */
  readonly ended: boolean;
}

export interface ShownPickup {
  readonly id: string;
  readonly kind: PickupName;
  readonly x: number;
  readonly y: number;
}

export interface ShownFlag {
  readonly team: number;
  /** Where it stands or lies. A carried one is shown on the drone that carries it, and only its stand is drawn here. */
  readonly x: number;
  readonly y: number;
  readonly home: { readonly x: number; readonly y: number };
  readonly carried: boolean;
}

export interface ShownHill {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** A team's number while it holds the hill alone. */
  readonly holder: number | "nobody" | "contested";
}

/** What views notice by themselves, for the ears. */
export interface Cue {
  readonly kind: "shot" | "wall" | "burst" | "shieldHit" | "shieldBreak" | "dash";
  /** Whose doing, or whose shield, it is. */
  readonly drone: string;
  readonly weapon?: ProjectileName;
  readonly x: number;
  readonly y: number;
}
export type OnCue = (cue: Cue) => void;
