/** Gives each sound a class by its meaning, and each class a loudness: player.ts plays no sound at another one. */
import type { SoundName } from "./sounds.ts";
import type { SoundGroup } from "./volumes.ts";

export interface SoundClass {
  /** Loudness (loudness.ts) at the listener, before the player's volumes, dB. */
  readonly db: number;
  readonly group: SoundGroup;
  /** Music and ambience step back while it sounds. */
  readonly ducks?: true;
}

/** The classes, most important first: soundClasses.test.ts measures that their loudness falls in this order. */
export const SOUND_CLASSES = {
  verdict: { db: -12, group: "announcer", ducks: true },
  ownKill: { db: -12.5, group: "effects", ducks: true },
  ownFeat: { db: -13.5, group: "announcer", ducks: true },
  hitConfirm: { db: -15, group: "effects" },
  announcement: { db: -16, group: "announcer", ducks: true },
  /** Below what the player achieves, because it must alarm by its timbre. */
  harm: { db: -17.5, group: "effects" },
  ownShot: { db: -20, group: "effects" },
  ownDeed: { db: -20.5, group: "effects" },
  otherShot: { db: -22.5, group: "effects" },
  explosion: { db: -23.5, group: "effects" },
  aside: { db: -26, group: "announcer" },
  motion: { db: -27, group: "effects" },
  interface: { db: -29, group: "interface" },
} as const satisfies Record<string, SoundClass>;

export type SoundClassName = keyof typeof SOUND_CLASSES;

/** Below every sound. */
export const AMBIENCE_DB = -34;

export const CLASS_OF: Readonly<Record<SoundName, SoundClassName>> = {
  fire: "ownShot",
  fireFar: "otherShot",
  scatter: "ownShot",
  scatterFar: "otherShot",
  rail: "ownShot",
  railFar: "otherShot",
  mortar: "ownShot",
  mortarFar: "otherShot",
  incoming: "harm",
  burst: "explosion",
  wallImpact: "motion",
  hit: "harm",
  hitConfirm: "hitConfirm",
  shieldHit: "ownDeed",
  shieldBreak: "ownDeed",
  explode: "explosion",
  kill: "ownKill",
  lowHealth: "harm",
  spawn: "motion",
  dash: "motion",
  pickupHealth: "ownDeed",
  pickupShield: "ownDeed",
  pickupWeapon: "ownDeed",
  pickupHaste: "ownDeed",
  pickupOvercharge: "ownDeed",
  ourFlagTaken: "announcement",
  ourFlagDropped: "announcement",
  ourFlagReturned: "announcement",
  theirFlagTaken: "announcement",
  theirFlagDropped: "announcement",
  theirFlagReturned: "announcement",
  flagScored: "announcement",
  flagLost: "announcement",
  hillPoint: "aside",
  hillOurs: "announcement",
  hillTheirs: "announcement",
  hillMoved: "announcement",
  countdown: "announcement",
  matchStart: "verdict",
  matchEnd: "verdict",
  victory: "verdict",
  defeat: "verdict",
  draw: "verdict",
  assist: "aside",
  multiKill: "ownFeat",
  streak: "ownFeat",
  revenge: "ownFeat",
  bounty: "ownFeat",
  save: "ownFeat",
  streakFar: "aside",
  ping: "interface",
  chat: "interface",
  click: "interface",
};
