/**
 * The names of all that machines keep in Redis. Scripts build some of them from others, so it must be one Redis, not a
 * Redis Cluster.
 */
import { MODE_NAMES, type ModeName } from "#shared/schema/names.ts";

const PREFIX = "fracas:fleet";

/** Followed by a machine's id: its lease, which expires unless renewed. */
export const LEASE_PREFIX = `${PREFIX}:machine:`;

export const KEY = {
  /** Hash, code → row (see rowText.ts). */
  rooms: `${PREFIX}:rooms`,
  /** Set of the ids of machines whose rooms may be in the tables. */
  machines: `${PREFIX}:machines`,
  /** Counts the writes to the list, so that machines learn by one number whether to read it again. */
  changes: `${PREFIX}:changes`,
  /** Sorted set of the codes of the public list; score: how full. */
  listed: `${PREFIX}:listed`,
  /** Sorted set of the codes that quick play may lead into, of one mode or of any. */
  open: (mode: ModeName | undefined) => `${PREFIX}:open:${mode ?? "any"}`,
  lease: (machine: string) => LEASE_PREFIX + machine,
  /** Set of the codes that a machine has written. */
  roomsOf: (machine: string) => `${PREFIX}:rooms-of:${machine}`,
  /** Exists while the code is remembered as a room's. */
  code: (code: string) => `${PREFIX}:code:${code}`,
  /** The id of the machine that has the draft open. */
  draft: (draft: string) => `${PREFIX}:draft:${draft}`,
  /** Pub/sub: what other machines ask this one, and answer it. */
  channel: (machine: string) => `${PREFIX}:to:${machine}`,
} as const;

/** Links outlive rooms: for so long a code is remembered as a room's. */
export const CODES_KEPT_SEC = 86_400;

/** The sorted sets, in the order in which scripts get them. */
export const INDICES = [KEY.listed, KEY.open(undefined), ...MODE_NAMES.map((mode) => KEY.open(mode))];
