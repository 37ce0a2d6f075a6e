/** The events of a tick. The simulation appends them; rooms send them, clients show them, scores follow from them. */
import type { EmoteName, FeatName, PingName } from "#shared/schema/names.ts";
import type { HitscanName, PickupName, WeaponName } from "#shared/tuning.ts";

/** Why a match is over. "draw": overtime has passed and still nobody leads. */
export type MatchEnd = "scoreLimit" | "timeLimit" | "draw" | "calledOff";

export type SimEvent =
  | {
      type: "hit";
      victim: string;
      shooter: string;
      weapon: WeaponName;
      damage: number;
      x: number;
      y: number;
    }
  /** A hitscan shot, from the shooter's centre to where it ended. */
  | { type: "beam"; shooter: string; weapon: HitscanName; x: number; y: number; toX: number; toY: number }
  /** A shell has landed. */
  | { type: "burst"; shooter: string; weapon: WeaponName; x: number; y: number }
  | { type: "pickup"; drone: string; kind: PickupName; x: number; y: number }
  | { type: "flag"; what: "taken" | "dropped" | "returned" | "captured"; team: number; drone: string }
  /** The next hill counts from now on. Sent to every client, although it has a place. */
  | { type: "hill"; x: number; y: number }
  /** `how` it ended comes with the results, and is not sent: clients see the scores. */
  | { type: "match"; phase: "live" | "results"; how?: MatchEnd }
  /** For the kill feed. Sent to every client, so it must not reveal a place. */
  | { type: "kill"; victim: string; killer: string; weapon: WeaponName }
  /** `drone` has done something worth telling; `value` is the count of a series, else 1. Sent to every client; an assist to its own only. */
  | { type: "feat"; feat: FeatName; drone: string; value: number }
  /** A player shows something over the own drone. It comes from the room, as a ping does. */
  | { type: "emote"; emote: EmoteName; drone: string; x: number; y: number }
  /** A player points at a place. Only the drone's own side learns of it. */
  | { type: "ping"; ping: PingName; drone: string; x: number; y: number }
  | { type: "explode"; drone: string; x: number; y: number }
  | { type: "spawn"; drone: string; x: number; y: number };

/** Events with a place. Of these a client receives those that it could see or hear. */
export type PlacedEvent = Extract<SimEvent, { x: number }>;

export const isPlaced = (event: SimEvent): event is PlacedEvent => "x" in event;
