/** What is synced, and to whom. These classes are the simulation's entities: there is no copy of the world. */
import { type SchemaType, schema, t } from "@colyseus/schema";
import type { AwardName, ModeName, Phase } from "./names.ts";
import { position, velocity } from "./wire.ts";

/** In the full state only: what changes all the time is put into patches by rooms/sync/poseEncoder.ts, which is faster there. */
const moving = <Field extends { fullStateOnly(): Field }>(field: Field): Field => field.fullStateOnly();

/** View tag of fields that only the drone's own player receives: what prediction needs and others may not know. */
export const OWNER = 1;

export const Drone = schema(
  {
    x: moving(position()),
    y: moving(position()),
    /** Radians, 0 to the right, clockwise on screen; in 256 steps, for it is only drawn: shots have their own. */
    aim: moving(t.angle({ bits: 8 })),
    /** 0 is destroyed. */
    hp: t.uint8(),
    /** Taken before hp. */
    shield: t.uint8(),
    /** What shows on it: bits of STATUS. */
    status: t.uint8(),
    name: t.string(),
    team: t.uint8(),
    score: t.int16(),
    vx: moving(velocity().view(OWNER)),
    vy: moving(velocity().view(OWNER)),
    /** Commands until the blaster is ready again. */
    cooldownTicks: moving(t.uint8().view(OWNER)),
    /** What the second trigger holds: index into SPECIALS. Nothing is left of it at 0 `ammo`. */
    special: moving(t.uint8().view(OWNER)),
    ammo: moving(t.uint8().view(OWNER)),
    specialCooldownTicks: moving(t.uint8().view(OWNER)),
    /** Commands for which a dash still carries it. */
    dashTicks: moving(t.uint8().view(OWNER)),
    dashCooldownTicks: moving(t.uint8().view(OWNER)),
    hasteTicks: moving(t.uint8().view(OWNER)),
    overchargeTicks: moving(t.uint8().view(OWNER)),
    /** Tick of the return; means something while destroyed. */
    respawnTick: moving(t.uint32().view(OWNER)),
    /** A shot gives away who is in a bush. The server's alone: others are told by what their view holds. */
    lastFiredTick: t.number().noSync(),
    /** Ticks for which nothing hurts it yet. */
    protectedTicks: t.number().noSync(),
    /** Who destroyed it last: meanwhile it looks through that one's eyes. */
    killer: t.string().noSync(),
  },
  "Drone",
);
export type Drone = SchemaType<typeof Drone>;

interface FieldMarks {
  readonly name: keyof Drone;
  readonly fullStateOnly?: boolean;
  /** View tag. */
  readonly tag?: number;
}

/** Drone's fields that `moving` marks, in schema order, read from the class's own metadata. */
function movingFields(isMeant: (marks: FieldMarks) => boolean): readonly (keyof Drone)[] {
  const marksByIndex = Reflect.get(Drone, Symbol.metadata) as Readonly<Record<number, FieldMarks>>;
  const names: (keyof Drone)[] = [];
  for (let index = 0; index in marksByIndex; index++) {
    const marks = marksByIndex[index] as FieldMarks;
    if (marks.fullStateOnly && isMeant(marks)) names.push(marks.name);
  }
  return names;
}

/** Moving fields that every client receives that sees the drone… */
export const POSE_FIELDS = movingFields(({ tag }) => tag !== OWNER);
/** …and those that only its own player receives. */
export const OWN_FIELDS = movingFields(({ tag }) => tag === OWNER);

/** Bits of a drone's status. */
export const STATUS = { protected: 1, haste: 2, overcharge: 4, dash: 8 } as const;

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
    /** How far a shell is to fly, in steps of REACH_STEP_PX; other shots fly on. */
    reach: t.uint8().optional(),
    /** A bit for each pellet that has hit; none is sent before one has. */
    spent: t.uint8().optional(),
    /** Of the drone that fired, who may have left before it hits. */
    team: t.number().noSync(),
  },
  "Projectile",
);
export type Projectile = SchemaType<typeof Projectile>;

/** Something to be had, as long as it lies there. */
export const Pickup = schema(
  {
    x: position(),
    y: position(),
    /** Index into PICKUP_NAMES. */
    kind: t.uint8(),
  },
  "Pickup",
);
export type Pickup = SchemaType<typeof Pickup>;

export const Flag = schema(
  {
    team: t.uint8(),
    /** Where it stands or lies; it stays so while it is carried. */
    x: position(),
    y: position(),
    /** Key of the drone that carries it; empty when none does. */
    carrier: t.string(),
    droppedTick: t.number().noSync(),
  },
  "Flag",
);
export type Flag = SchemaType<typeof Flag>;

export const Hill = schema(
  {
    x: position(),
    y: position(),
    width: position(),
    height: position(),
    /** One of HILL; a team's number is added to HILL.held. */
    holder: t.uint8(),
    /** When the next hill counts. */
    movesTick: t.uint32(),
  },
  "Hill",
);
export type Hill = SchemaType<typeof Hill>;

export const Award = schema({ kind: t.string<AwardName>(), drone: t.string(), value: t.uint16() }, "Award");
export type Award = SchemaType<typeof Award>;

/** What may be played next, and how many want it. */
export const Candidate = schema(
  { map: t.string(), mode: t.string<ModeName>(), votes: t.uint8() },
  "Candidate",
);
export type Candidate = SchemaType<typeof Candidate>;

/** Who has a say in a hosted room; higher may do more. */
export const RANK = { player: 0, cohost: 1, host: 2 } as const;

/** A player's, bot's or spectator's place in the room, known to everybody wherever the drones are. */
export const Seat = schema(
  {
    name: t.string(),
    team: t.uint8(),
    score: t.int16(),
    bot: t.boolean(),
    /** False while a dropped player's seat is kept. */
    connected: t.boolean(),
    /** Watches: has no drone, and counts as no player. */
    spectating: t.boolean(),
    /** One of RANK. */
    rank: t.uint8(),
    /** By the host: nobody hears what this one says. */
    muted: t.boolean(),
  },
  "Seat",
);
export type Seat = SchemaType<typeof Seat>;

export const ArenaState = schema(
  {
    tick: t.uint32(),
    mode: t.string<ModeName>(),
    phase: t.string<Phase>(),
    phaseEndsTick: t.uint32(),
    /** Of the two teams, where there are teams. */
    scoreA: t.int16(),
    scoreB: t.int16(),
    /** Map to load from /api/maps. */
    map: t.string(),
    /** Keyed by session id, or a bot's own id. */
    drones: t.map(Drone).view(),
    projectiles: t.map(Projectile).view(),
    /** By their place in the map. */
    pickups: t.map(Pickup).view(),
    /** Everybody knows where flags and hills are. */
    flags: t.map(Flag),
    hill: t.ref(Hill),
    awards: t.array(Award),
    candidates: t.array(Candidate),
    /** Who is in the room: the keys of `drones`, and those of spectators; never filtered. */
    roster: t.map(Seat),
    /** RoomSettings as JSON, so that their shape stands once (protocol/roomSettings.ts). They change rarely. */
    settings: t.string(),
    /** Somebody runs this room: hosts have more to say than players. */
    hosted: t.boolean(),
    /** The next match waits for the host. */
    held: t.boolean(),
    /** Ticks stand still. */
    paused: t.boolean(),
    /** Nobody new comes in. */
    locked: t.boolean(),
    /** One needs it to come in. */
    password: t.boolean(),
  },
  "ArenaState",
);
export type ArenaState = SchemaType<typeof ArenaState>;
