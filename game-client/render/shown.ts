/** The plain values that a scene hands to the views each frame, from the synced state or a simulation. */
import type { PickupName, ProjectileName } from "#shared/tuning.ts";

export interface ShownDrone {
  readonly id: string;
  readonly team: number;
  /** Empty shows no name tag. */
  readonly name: string;
  readonly self: boolean;
  /** Relation to the player on this page; "none" in modes without teams. */
  readonly side: "friend" | "foe" | "none";
  readonly x: number;
  readonly y: number;
  readonly aim: number;
  /** A drone at 0 is destroyed and not drawn. */
  readonly hp: number;
  readonly shield: number;
  /** Bits of STATUS. */
  readonly status: number;
  /** The drone's look (career/looks.ts `packLook`); 0 is plain. */
  readonly look: number;
  /** Team of the flag that the drone carries. */
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
  /** Share of its path that the shot has flown, 0 to 1. */
  readonly share: number;
  /** The shot has reached a wall or the end of its range. */
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
  /** World px. A carried flag is drawn on its carrier; only its stand is drawn at `home`. */
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
  /** The number of the team that holds the hill alone. */
  readonly holder: number | "nobody" | "contested";
}

export interface ShownField {
  readonly pickups: Iterable<ShownPickup>;
  readonly flags: Iterable<ShownFlag>;
  readonly hill: ShownHill | undefined;
}

/** A sound-worthy moment that a view detects and no event reports. */
export interface Cue {
  readonly kind: "shot" | "wall" | "burst" | "incoming" | "shieldHit" | "shieldBreak" | "dash";
  /** Id of the drone that caused it; for shield cues, of the shield's owner. */
  readonly drone: string;
  readonly weapon?: ProjectileName;
  readonly x: number;
  readonly y: number;
}
export type OnCue = (cue: Cue) => void;
