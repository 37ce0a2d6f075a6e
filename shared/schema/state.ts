/** The synced state and its audience. The simulation works on these classes themselves: there is no copying layer. */
import { type SchemaType, schema, t } from "@colyseus/schema";
import type { AwardName, ModeName, Phase } from "./names.ts";
import { position, velocity } from "./wire.ts";

/**
 * Marks the synced fields of an entity: Colyseus does not track their changes, and server/rooms/sync/entityEncoder.ts,
 * which is faster, writes them into patches.
 */
function untracked<Fields extends Readonly<Record<string, { fullStateOnly(): unknown }>>>(
  fields: Fields,
): Fields {
  for (const field of Object.values(fields)) field.fullStateOnly();
  return fields;
}

/**
 * Marks the fields that only the drone's own player receives: prediction needs them, others may not know them.
 * entityEncoder.ts reads the mark; Colyseus' views are not used.
 */
const OWNER = 1;

export const Drone = schema(
  {
    ...untracked({
      x: position(),
      y: position(),
      /** Radians, 0 to the right, clockwise on screen. 256 steps are enough to draw it; a shot carries its exact aim. */
      aim: t.angle({ bits: 8 }),
      /** 0: destroyed. */
      hp: t.uint8(),
      /** Absorbs damage before hp. */
      shield: t.uint8(),
      /** Bits of STATUS. */
      status: t.uint8(),
      team: t.uint8(),
      vx: velocity().view(OWNER),
      vy: velocity().view(OWNER),
      /** Commands until the blaster is ready. */
      cooldownTicks: t.uint8().view(OWNER),
      /** The weapon of the second trigger: index into SPECIALS; none while `ammo` is 0. */
      special: t.uint8().view(OWNER),
      ammo: t.uint8().view(OWNER),
      specialCooldownTicks: t.uint8().view(OWNER),
      /** Commands until the current dash ends. */
      dashTicks: t.uint8().view(OWNER),
      dashCooldownTicks: t.uint8().view(OWNER),
      hasteTicks: t.uint8().view(OWNER),
      overchargeTicks: t.uint8().view(OWNER),
      /** Tick of the respawn; valid while destroyed. */
      respawnTick: t.uint32().view(OWNER),
    }),
    /** Clients read name and score from the roster. */
    name: t.string().noSync(),
    score: t.number().noSync(),
    /** A shot reveals a drone in a bush (sim/concealment.ts). Not synced: clients only receive what they may see. */
    lastFiredTick: t.number().noSync(),
    /** Ticks of spawn protection left. */
    protectedTicks: t.number().noSync(),
    /** Key of the drone that destroyed it last: its player sees through that drone's eyes until it respawns. */
    killer: t.string().noSync(),
  },
  "Drone",
);
export type Drone = SchemaType<typeof Drone>;

/** Bits of Drone.status. */
export const STATUS = { protected: 1, haste: 2, overcharge: 4, dash: 8 } as const;

/** Synced once: both sides compute its flight from these fields and the arena (sim/projectile.ts). */
export const Projectile = schema(
  {
    ...untracked({
      /** Centre of the drone that fired. */
      x: position(),
      y: position(),
      aim: t.angle(),
      bornTick: t.uint32(),
      /** Key of the drone that fired. */
      owner: t.string(),
      /** Index into PROJECTILE_NAMES. */
      weapon: t.uint8(),
      /** Distance that a shell flies, in steps of REACH_STEP_PX; unset for other weapons. */
      reach: t.uint8().optional(),
      /** A bit for each pellet that has hit; unset until one has. */
      spent: t.uint8().optional(),
    }),
    /** Team of the drone that fired, which may have left before the shot hits. */
    team: t.number().noSync(),
  },
  "Projectile",
);
export type Projectile = SchemaType<typeof Projectile>;

/** A pickup that is in the arena now; it is deleted when a drone takes it. */
export const Pickup = schema(
  untracked({
    x: position(),
    y: position(),
    /** Index into PICKUP_NAMES. */
    kind: t.uint8(),
  }),
  "Pickup",
);
export type Pickup = SchemaType<typeof Pickup>;

interface FieldMarks {
  readonly name: string;
  /** View tag. */
  readonly tag?: number;
}

/** Names of a class's synced fields in schema order; its metadata has no other enumerable keys than their indices. */
function syncedFields(entity: object, isOwn: boolean): readonly string[] {
  const metadata = Reflect.get(entity, Symbol.metadata) as Readonly<Record<string, FieldMarks>>;
  return Object.values(metadata).flatMap(({ name, tag }) => ((tag === OWNER) === isOwn ? [name] : []));
}

/** What changes of a drone in most ticks; a client off whose screen it is may receive them late. */
export const POSE_FIELDS = ["x", "y", "aim"] as const;
/** What every client receives that sees the entity… */
export const VISIBLE_FIELDS = {
  drone: syncedFields(Drone, false),
  projectile: syncedFields(Projectile, false),
  pickup: syncedFields(Pickup, false),
} as const;
/** …and what only the drone's own player receives. */
export const OWN_FIELDS = syncedFields(Drone, true);

export const Flag = schema(
  {
    team: t.uint8(),
    /** Its place at home or where it was dropped; unchanged while it is carried. */
    x: position(),
    y: position(),
    /** Key of the drone that carries it, or "". */
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
    /** One of HILL (modes/kingOfTheHill.ts); HILL.held plus the team's number while one team holds it. */
    holder: t.uint8(),
    /** Tick at which the next hill replaces it. */
    movesTick: t.uint32(),
  },
  "Hill",
);
export type Hill = SchemaType<typeof Hill>;

export const Award = schema({ kind: t.string<AwardName>(), drone: t.string(), value: t.uint16() }, "Award");
export type Award = SchemaType<typeof Award>;

/** A choice in the vote on the next match. */
export const Candidate = schema(
  { map: t.string(), mode: t.string<ModeName>(), votes: t.uint8() },
  "Candidate",
);
export type Candidate = SchemaType<typeof Candidate>;

/** Ranks in a hosted room; a higher one may do everything that a lower one may. */
export const RANK = { player: 0, cohost: 1, host: 2 } as const;

/** A player, bot or spectator of the room; synced to every client, in or out of view. */
export const Seat = schema(
  {
    name: t.string(),
    team: t.uint8(),
    score: t.int16(),
    bot: t.boolean(),
    /** False while the seat of a dropped player is kept. */
    connected: t.boolean(),
    /** Has no drone, and does not count as a player. */
    spectating: t.boolean(),
    /** One of RANK. */
    rank: t.uint8(),
    /** The host muted it: the server refuses its chat. */
    muted: t.boolean(),
    /** A signed-in player under the account's own name; nobody else in the room has it. */
    account: t.boolean(),
    kills: t.uint16(),
    deaths: t.uint16(),
    assists: t.uint16(),
    /** Flags captured, or seconds on the hill; 0 in other modes. */
    objective: t.uint16(),
    /** Smoothed round trip, ms, in steps of PING_STEP_MS; 0 for bots, and until it is measured. */
    pingMs: t.uint16(),
    /** Level from playing; 0 for bots, and for players without an identity. */
    level: t.uint16(),
    /** How the drone looks (career/looks.ts `packLook`); 0 is plain. */
    look: t.uint32(),
  },
  "Seat",
);
export type Seat = SchemaType<typeof Seat>;

/** The fields of a seat that is not in the fight: it has done nothing yet. */
export const NO_TALLY = { score: 0, kills: 0, deaths: 0, assists: 0, objective: 0 } as const;
/** The fields of a seat whose player is nobody in particular. */
export const NEW_SEAT = {
  ...NO_TALLY,
  ...{ team: 0, bot: false, connected: true, spectating: false, rank: RANK.player },
  ...{ muted: false, account: false, pingMs: 0, level: 0, look: 0 },
} as const;

export const ArenaState = schema(
  {
    tick: t.uint32(),
    mode: t.string<ModeName>(),
    phase: t.string<Phase>(),
    phaseEndsTick: t.uint32(),
    /** Scores of teams 0 and 1; 0 in a mode without teams. */
    scoreA: t.int16(),
    scoreB: t.int16(),
    /** Name of the map; clients load it from /api/maps/NAME.tmj. */
    map: t.string(),
    /** Keyed by session id, or a bot's own id. */
    drones: t.map(Drone).view(),
    projectiles: t.map(Projectile).view(),
    /** Keyed by their index in the arena's list. */
    pickups: t.map(Pickup).view(),
    /** Flags and hill are synced to every client. Keyed by team. */
    flags: t.map(Flag),
    hill: t.ref(Hill),
    awards: t.array(Award),
    candidates: t.array(Candidate),
    /** Keyed as `drones`, plus spectators; synced to every client. */
    roster: t.map(Seat),
    /** RoomSettings as JSON, so that their shape is declared once (protocol/roomSettings.ts). They change rarely. */
    settings: t.string(),
    /** Whether a player made this room and hosts it; false in public rooms. */
    hosted: t.boolean(),
    /** The next match waits until the host starts it. */
    held: t.boolean(),
    /** The room runs no ticks. */
    paused: t.boolean(),
    /** The room admits no new client. */
    locked: t.boolean(),
    /** The room admits only clients that know its password. */
    password: t.boolean(),
    /** The replay that the room watches, as JSON (replay/screening.ts); "" for none. The room stands still meanwhile. */
    screening: t.string(),
  },
  "ArenaState",
);
export type ArenaState = SchemaType<typeof ArenaState>;
