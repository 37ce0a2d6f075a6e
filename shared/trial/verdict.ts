/** Verdicts of a trial: each names a fault of the arena, its figures and the places to change. */
import type { Arena } from "#shared/arena/arena.ts";
import type { ModeName } from "#shared/schema/names.ts";
import type { PickupName, WeaponName } from "#shared/tuning.ts";
import type { Cell } from "./cells.ts";
import type { Trial } from "./trial.ts";

/** All verdicts, in the order of a report. Each has sentences in every language of the page. */
export const VERDICT_CODES = [
  "strongerSide",
  "spawnDeaths",
  "stuck",
  "lateContact",
  "fewKills",
  "deadSpace",
  "oneSidedPickup",
  "unusedPickup",
  "oneWeapon",
  "crowd",
  "draws",
  "noCaptures",
  "idleHill",
] as const;
export type VerdictCode = (typeof VERDICT_CODES)[number];

/** "bad" spoils matches; "warn" is worth a look. */
export type Severity = "warn" | "bad";

/** The figures of its sentences; each code has some of them. */
export interface VerdictValues {
  readonly side?: 0 | 1;
  readonly kind?: PickupName;
  readonly weapon?: WeaponName;
  /** 0…1. */
  readonly share?: number;
  readonly count?: number;
  readonly of?: number;
  readonly sec?: number;
  /** Events in a minute of one bot. */
  readonly rate?: number;
}

export interface Finding {
  readonly severity: Severity;
  readonly values: VerdictValues;
  /** The cells to look at; empty if it is the whole map. */
  readonly places: readonly Cell[];
}

export interface Verdict extends Finding {
  readonly code: VerdictCode;
}

/** The figures that a rule reads. */
export interface Case {
  readonly arena: Arena;
  readonly mode: ModeName;
  readonly trial: Trial;
}

/** Fewer bots than an arena is made for leave parts of it alone, which says nothing about the arena. */
export const isThin = ({ arena, trial }: Case): boolean =>
  trial.botTicks / Math.max(1, trial.ticks) < arena.players.min;

/** The whole trial at a glance. */
export type Light = "fair" | "uneven" | "needsWork";

export const lightOf = (verdicts: readonly Verdict[]): Light =>
  verdicts.some(({ severity }) => severity === "bad") ? "needsWork" : verdicts.length > 0 ? "uneven" : "fair";
