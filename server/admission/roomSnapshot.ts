/**
 * A room as it leaves its process: to open it again under its code after a crash, in another process, or after a restart.
 * Plain data for JSON. It holds secrets (tokens, passwords, identities), so it is never sent to anybody.
 *
 * Each part is made and read by the class that has it: its `snapshot` and `restore`. rooms/snapshot.ts composes them.
 */
import { z } from "zod";
import { CHAT_SCOPES, type ChatLine, PHRASES } from "#shared/protocol/chat.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { Mark, ReplayPerson } from "#shared/replay/replay.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import type { KnownVisitor } from "./joinOptions.ts";
import { WorldSnapshot } from "./worldSnapshot.ts";

/** A change of the form makes earlier snapshots unreadable: such rooms are not opened again. */
export const SNAPSHOT_VERSION = 1;

const count = z.int().min(0);
const text = z.string();
/** Session id, or a bot's id. */
const seatId = z.string().min(1).max(64);

/** A visitor with what the store knew about them when they joined. */
const VisitorForm = z.object({
  identity: text.nullable(),
  network: text,
  isExempt: z.boolean(),
  entrant: z.object({
    name: text,
    isAccount: z.boolean(),
    points: z.partialRecord(z.enum(MODE_NAMES), z.number()),
    reserved: z.array(text).nullable(),
    level: count.optional(),
    look: count.optional(),
  }),
});
export type VisitorForm = z.infer<typeof VisitorForm>;

export const visitorForm = ({ identity, network, isExempt, entrant }: KnownVisitor): VisitorForm => ({
  identity: identity ?? null,
  network,
  isExempt,
  entrant: { ...entrant, reserved: entrant.reserved ? [...entrant.reserved] : null },
});

export const visitorOf = ({ identity, entrant, ...rest }: VisitorForm): KnownVisitor => {
  const { reserved, ...known } = entrant;
  return { ...rest, identity: identity ?? undefined, entrant: { ...known, ...(reserved && { reserved }) } };
};

/** Bans or mutes (admission/bans.ts). */
const BansForm = z.object({
  /** Base64. */
  salt: text,
  /** [identity or hash, hash of the network], oldest first. */
  banned: z.array(z.tuple([text, text])),
  /** [hash of the network, exempt identities]. */
  networks: z.array(z.tuple([text, z.array(text)])),
});
export type BansForm = z.infer<typeof BansForm>;

const ChatForm = z.array(
  z.object({
    line: z.object({
      seat: seatId,
      name: text,
      team: count,
      scope: z.enum(CHAT_SCOPES),
      said: z.union([z.object({ text }), z.object({ phrase: z.enum(PHRASES) })]),
    }) satisfies z.ZodType<ChatLine>,
    to: z.array(seatId),
  }),
);
export type ChatForm = z.infer<typeof ChatForm>;

/** The match under way, for its result (rooms/match/matchRecord.ts). */
const MatchForm = z.object({
  /** The result's: a match that ends twice, before a crash and again after it, counts once. */
  id: z.uuidv7(),
  startedTick: count,
  sampledTick: count,
  participants: z.array(
    z.object({
      person: VisitorForm.nullable(),
      name: text,
      network: count.nullable(),
      seats: z.array(seatId),
      ticksOnTeam: z.array(z.tuple([count, count])),
      score: z.number(),
      left: z
        .object({ why: z.enum(["left", "kicked", "banned", "idle", "spectates"]), tick: count })
        .nullable(),
    }),
  ),
  /** [seat, index of the participant]. */
  bySeat: z.array(z.tuple([seatId, count])),
  households: z.array(z.tuple([text, count])),
});
export type MatchForm = z.infer<typeof MatchForm>;

/** The match that is being recorded (rooms/recording/recording.ts). Times are of the room's clock, ms. */
const RecordingForm = z.object({
  match: z.uuidv7(),
  /** Fingerprint of the schema in which the replay was begun. */
  schema: text,
  fromMs: z.number(),
  endsAtMs: z.number().nullable(),
  marks: z.array(Mark),
  people: z.array(ReplayPerson),
});
export type RecordingForm = z.infer<typeof RecordingForm>;

/** Somebody who has a seat. */
const PersonForm = z.object({
  seat: seatId,
  /** Reopens the seat; null while the person's first connection has none yet. */
  token: text.nullable(),
  visitor: VisitorForm,
});
export type PersonForm = z.infer<typeof PersonForm>;

const StandInForm = z.object({ for: seatId, rank: count }).nullable();
export type StandInForm = z.infer<typeof StandInForm>;

/** Public rooms have settings that no host may choose: the operator's. */
const SettingsForm = z.object({
  ...RoomSettings.shape,
  players: z.int().min(1),
  timeLimitMin: z.number().positive(),
  scoreLimit: count,
});

export const RoomSnapshot = z.object({
  version: z.literal(SNAPSHOT_VERSION),
  /** The room's id. */
  code: text,
  hosted: z.boolean(),
  /** PROTOCOL_VERSION: pages of another one cannot go on in their seats. */
  protocol: count,
  /** When it was made, ms since 1970. */
  takenAtMs: z.number(),
  /** Time of the room's clock, ms: the clients' clocks follow it. */
  elapsedMs: z.number().min(0),
  settings: SettingsForm,
  password: text,
  people: z.array(PersonForm),
  bans: BansForm,
  mutes: BansForm,
  chat: ChatForm,
  standIn: StandInForm,
  /** [seat, index of the candidate]. */
  votes: z.array(z.tuple([seatId, count])),
  /** [spectator, the player they chose to follow]. */
  followed: z.array(z.tuple([seatId, text])).default([]),
  /** How many bots the room has created: their ids and names count up. */
  botsCreated: count,
  /** [seat, the skill of bots that suits them, 0…1]; in public rooms. */
  botSkills: z.array(z.tuple([seatId, z.number()])).default([]),
  match: MatchForm.nullable(),
  recording: RecordingForm.nullable().default(null),
  world: WorldSnapshot,
});
export type RoomSnapshot = z.infer<typeof RoomSnapshot>;
