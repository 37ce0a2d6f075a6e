/**
 * The world's part of a snapshot: everything that stepWorld reads, so that a match goes on to the bit, and the roster.
 * Ticks are those of the world: `phaseEndsTick - tick` are the ticks that the phase has left.
 */
import { z } from "zod";
import { FEAT_NAMES, MODE_NAMES, type Phase } from "#shared/schema/names.ts";
import { NEVER } from "#shared/sim/world.ts";
import { WEAPONS, type WeaponName } from "#shared/tuning.ts";

const int = z.int();
const count = z.int().min(0);
/** A count that files of earlier versions do not have: without it their rooms would be lost with an update. */
const newCount = count.default(0);
const byte = z.int().min(0).max(255);
const place = { x: z.number(), y: z.number() };
const key = z.string().min(1).max(64);
const keyed = <Form extends z.ZodType>(form: Form) => z.array(z.tuple([key, form]));

const PHASES = ["waiting", "countdown", "live", "results", "over"] as const satisfies readonly Phase[];
const WEAPON_NAMES = Object.keys(WEAPONS) as WeaponName[];

/** The numbers by which patches name the instance: pages that come back know it by its old one (colyseus/refIds.ts). */
const refId = count;

export const DroneForm = z.object({
  ...place,
  aim: z.number(),
  hp: byte,
  shield: byte,
  status: byte,
  team: byte,
  vx: z.number(),
  vy: z.number(),
  cooldownTicks: byte,
  special: byte,
  ammo: byte,
  specialCooldownTicks: byte,
  dashTicks: byte,
  dashCooldownTicks: byte,
  hasteTicks: byte,
  overchargeTicks: byte,
  respawnTick: count,
  name: z.string(),
  score: int,
  lastFiredTick: int.optional(),
  protectedTicks: count,
  killer: z.string(),
});

/** `bot` says which seats are bots': their brains are made anew. */
export const SeatForm = z.object({
  name: z.string(),
  team: byte,
  score: int,
  bot: z.boolean(),
  connected: z.boolean(),
  spectating: z.boolean(),
  rank: byte,
  muted: z.boolean(),
  account: z.boolean(),
  kills: newCount,
  deaths: newCount,
  assists: newCount,
  objective: newCount,
  pingMs: newCount,
  level: newCount,
  look: newCount,
});

export const ProjectileForm = z.object({
  ...place,
  aim: z.number(),
  bornTick: count,
  owner: z.string(),
  weapon: byte,
  reach: byte.optional(),
  spent: byte.optional(),
  /** The shooter's team; −1 if the shooter was gone. */
  team: int,
});

export const PickupForm = z.object({ ...place, kind: byte });

export const FlagForm = z.object({ ...place, team: byte, carrier: z.string(), droppedTick: int });

export const HillForm = z.object({
  ...place,
  width: z.number(),
  height: z.number(),
  holder: byte,
  movesTick: count,
});

export const AwardForm = z.object({
  kind: z.enum(["kills", "streak", "accuracy", "carries"]),
  drone: z.string(),
  value: count,
});

export const CandidateForm = z.object({ map: z.string(), mode: z.enum(MODE_NAMES), votes: byte });

const WeaponStatsForm = z.object({ shots: count, hits: count, kills: count, damage: z.number() });

const StatsForm = z.object({
  kills: count,
  deaths: count,
  assists: count,
  streak: count,
  longestStreak: count,
  shots: count,
  hits: count,
  damage: z.number(),
  carries: count,
  hillTicks: count,
  weapons: z.partialRecord(z.enum(WEAPON_NAMES), WeaponStatsForm),
  hurtBy: keyed(count),
  feats: z.partialRecord(z.enum(FEAT_NAMES), count).default({}),
  destroyedBy: keyed(count).default([]),
  lastKillTick: int.default(NEVER),
  series: newCount,
});

/** Fields of the state that are plain values. */
export const StateForm = z.object({
  tick: count,
  mode: z.enum(MODE_NAMES),
  phase: z.enum(PHASES),
  phaseEndsTick: count,
  scoreA: int,
  scoreB: int,
  map: z.string(),
  held: z.boolean(),
  paused: z.boolean(),
  locked: z.boolean(),
  /** Files of earlier versions have none. */
  screening: z.string().default(""),
});

/** Everything that stepWorld reads, but for the arena and the rules. */
export const GameSnapshot = z.object({
  state: StateForm,
  drones: keyed(z.object({ ...DroneForm.shape, refId })),
  /** `ended`: a bit for each pellet that a wall or its range has ended. */
  projectiles: keyed(z.object({ ...ProjectileForm.shape, refId, ended: byte })).default([]),
  pickups: keyed(PickupForm),
  flags: keyed(FlagForm),
  hill: HillForm,
  awards: z.array(AwardForm),
  /** Where the random stream is; null in files of earlier versions. */
  random: z.tuple([int, int, int, int]).nullable().default(null),
  lastProjectileId: count,
  /** By the index of the pickup. */
  pickupDueTicks: z.array(count.nullable()),
  /** [team of the flag, place]. */
  carriedAt: z.array(z.tuple([byte, z.object(place)])),
  hillIndex: count,
  hillStep: count,
  hillTicks: count,
  stats: keyed(StatsForm),
});
export type GameSnapshot = z.infer<typeof GameSnapshot>;

export const WorldSnapshot = z.object({
  ...GameSnapshot.shape,
  /** In the order in which people joined. */
  roster: keyed(z.object({ ...SeatForm.shape, refId })),
  /** The next number that no instance has had. */
  nextRefId: count,
  candidates: z.array(CandidateForm),
});
export type WorldSnapshot = z.infer<typeof WorldSnapshot>;
