/** What happened in a tick. The simulation appends these; rooms send them, clients show them, scores read them. */
import type { HitscanName, PickupName, WeaponName } from "#shared/tuning.ts";

export type SimEvent =
  | { type: "hit"; victim: string; shooter: string; damage: number; x: number; y: number }
  /** A hitscan shot, from the barrel to where it ended. */
  | { type: "beam"; shooter: string; weapon: HitscanName; x: number; y: number; toX: number; toY: number }
  /** A shell has landed. */
  | { type: "burst"; shooter: string; weapon: WeaponName; x: number; y: number }
  | { type: "pickup"; drone: string; kind: PickupName; x: number; y: number }
  | { type: "flag"; what: "taken" | "dropped" | "returned" | "captured"; team: number; drone: string }
  /** Another hill counts from now on; everybody is told. */
  | { type: "hill"; x: number; y: number }
  | { type: "match"; phase: "live" | "results" }
  /** For the kill feed: everybody may know it, so it says nothing of places. */
  | { type: "kill"; victim: string; killer: string; weapon: WeaponName }
  | { type: "explode"; drone: string; x: number; y: number }
  | { type: "spawn"; drone: string; x: number; y: number };

/** Events that are seen or heard at a place, by those who are near. */
export type PlacedEvent = Extract<SimEvent, { x: number }>;

export const isPlaced = (event: SimEvent): event is PlacedEvent => "x" in event;
