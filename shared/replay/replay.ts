/** Describes a replay, in its file and in the answer of GET /api/replays/ID. */
import { z } from "zod";
import { FEAT_NAMES, MODE_NAMES } from "#shared/schema/names.ts";

/** The version of the file's layout (container.ts). */
export const REPLAY_FORMAT = 1;

const count = z.int().min(0);
const ms = z
  .int()
  .min(0)
  .max(24 * 60 * 60 * 1000);

export const ReplayHead = z.object({
  format: z.literal(REPLAY_FORMAT),
  /** PROTOCOL_VERSION of the server that recorded it. */
  protocol: count,
  /** The match's id, which is the replay's too. */
  match: z.uuidv7(),
  /** The room's code; empty for a hosted room, whose code is for its guests. */
  room: z.string().max(32),
  isHosted: z.boolean(),
  /** Wall clock, ms since 1970. */
  startedAt: count,
  mode: z.enum(MODE_NAMES),
  map: z.string().max(64),
  /** The hash of the map's file, hexadecimal: a map of the same name may have changed since. */
  mapSha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** The time between two recorded poses of a moving drone: that of a patch, or longer in a room of more than 48 seats. */
  patchMs: z.number().positive(),
  /** Colyseus' JOIN_ROOM frame with the reflection of the schema, base64: it decodes a replay of an earlier schema. */
  handshake: z.base64(),
});
export type ReplayHead = z.infer<typeof ReplayHead>;

/** Where a segment is in the file, and in time since the replay's beginning. */
export const SegmentPlace = z.object({ at: count, bytes: count, fromMs: ms, toMs: ms });
export type SegmentPlace = z.infer<typeof SegmentPlace>;

const seat = z.string().max(32);

/** A moment for the timeline. */
export const Mark = z.discriminatedUnion("is", [
  z.object({ is: z.literal("kill"), atMs: ms, by: seat, of: seat }),
  z.object({ is: z.literal("feat"), atMs: ms, by: seat, feat: z.enum(FEAT_NAMES), value: count }),
  z.object({ is: z.literal("capture"), atMs: ms, by: seat, team: count }),
  z.object({ is: z.literal("lead"), atMs: ms, by: seat, team: count }),
  z.object({ is: z.literal("end"), atMs: ms }),
]);
export type Mark = z.infer<typeof Mark>;

/** Bounds the list of people of a replay. */
export const PEOPLE_MAX = 1000;

/** A person or bot who had a seat for playing; the name as others saw it. */
export const ReplayPerson = z.object({ seat, name: z.string().max(80), team: count, isBot: z.boolean() });
export type ReplayPerson = z.infer<typeof ReplayPerson>;

/** A day of segments of five seconds. */
export const SEGMENTS_MAX = 20_000;

export const ReplayEnd = z.object({
  segments: z.array(SegmentPlace).max(SEGMENTS_MAX),
  marks: z.array(Mark).max(50_000),
  people: z.array(ReplayPerson).max(PEOPLE_MAX),
});
export type ReplayEnd = z.infer<typeof ReplayEnd>;

/** The answer of GET /api/replays/ID. */
export interface ReplayInfo {
  readonly head: ReplayHead;
  readonly segments: readonly SegmentPlace[];
  readonly marks: readonly Mark[];
  readonly people: readonly ReplayPerson[];
}

/** The answer while the match goes on. Its Retry-After header says when to ask again, in seconds. */
export interface ReplayPending {
  readonly is: "goesOn";
}
