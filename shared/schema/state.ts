/** What is synced, and to whom. These classes are the simulation's entities: there is no copy of the world. */
import { type SchemaType, schema, t } from "@colyseus/schema";
import { position, velocity } from "./wire.ts";

/** View tag of fields that only the drone's own player receives: what prediction needs and others may not know. */
export const OWNER = 1;

export const Drone = schema(
  {
    x: position(),
    y: position(),
    /** Radians, 0 to the right, clockwise on screen; in 256 steps, for it is only drawn: shots have their own. */
    aim: t.angle({ bits: 8 }),
    /** 0 is destroyed. */
    hp: t.uint8(),
    name: t.string(),
    team: t.uint8(),
    score: t.int16(),
    vx: velocity().view(OWNER),
    vy: velocity().view(OWNER),
    /** Commands until the blaster is ready again. */
    cooldownTicks: t.uint8().view(OWNER),
    railCooldownTicks: t.uint8().view(OWNER),
    /** Tick of the return; means something while destroyed. */
    respawnTick: t.uint32().view(OWNER),
    /** A shot gives away who is in a bush. The server's alone: others are told by what their view holds. */
    lastFiredTick: t.number().noSync(),
  },
  "Drone",
);
export type Drone = SchemaType<typeof Drone>;

/** Synced once: both sides compute where it is from these, and where it must end from the arena. */
export const Projectile = schema(
  {
    /** Where it was fired from. */
    x: position(),
    y: position(),
    aim: t.angle(),
    bornTick: t.uint32(),
    /** Key of the drone that fired. */
    owner: t.string(),
    /** Index into PROJECTILE_NAMES. */
    weapon: t.uint8(),
    /** How far it flies before a wall or its range ends it; each side computes it. */
    reachPx: t.number().noSync(),
  },
  "Projectile",
);
export type Projectile = SchemaType<typeof Projectile>;

/** A player's (or bot's) place in the room, known to everybody wherever the drones are. */
export const Seat = schema(
  {
    name: t.string(),
    team: t.uint8(),
    score: t.int16(),
    bot: t.boolean(),
    /** False while a dropped player's seat is kept. */
    connected: t.boolean(),
  },
  "Seat",
);
export type Seat = SchemaType<typeof Seat>;

export const ArenaState = schema(
  {
    tick: t.uint32(),
    phase: t.string<"live">(),
    /** Map to load from /api/maps. */
    map: t.string(),
    /** Keyed by session id, or a bot's own id. */
    drones: t.map(Drone).view(),
    projectiles: t.map(Projectile).view(),
    /** The score list: same keys as `drones`, never filtered. */
    roster: t.map(Seat),
  },
  "ArenaState",
);
export type ArenaState = SchemaType<typeof ArenaState>;
