/** The matches that anybody may look at, asked of their rooms at most once a second, and only while somebody looks. */
import { type Directory, isListed, type RoomRow } from "#server/admission/directory.ts";
import type { LiveAnswer, LiveSummary } from "#server/admission/liveSummary.ts";
import { unknownRoom } from "#server/admission/lookUp.ts";
import { orThrow } from "#server/admission/refusals.ts";
import type { Rooms } from "#server/admission/rooms.ts";
import { Refused } from "#server/edge/refused.ts";
import { BoundedCache } from "#server/services/boundedCache.ts";
import { TICK_MS } from "#shared/config.ts";
import { LIST_LINES, LIVE_MAX, type LiveMatch } from "#shared/protocol/live.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

const KEPT_MS = 1_000;
const CODES_MAX = 1_000;

export interface LiveRow {
  readonly match: LiveMatch;
  /** Two rows with equal texts differ in nothing but their clocks, which go on by themselves. */
  readonly text: string;
}

export interface LiveList {
  readonly rows: readonly LiveRow[];
  /** The same, without their texts. */
  readonly matches: readonly LiveMatch[];
}

export interface LiveFeed {
  /** The matches of public rooms, the fullest first, at most LIVE_MAX. Throws Refused while the directory is away. */
  list(): Promise<LiveList>;
  /**
   * The match of any room, in full; undefined while nothing is old enough to be told. Throws Refused: roomUnknown,
   * roomEnded, wrongPassword, noSpectators, or restarting while the room does not answer.
   */
  match(code: string): Promise<LiveRow | undefined>;
}

/** `rooms` is called when somebody looks. */
export function createLiveFeed(rooms: () => Pick<Rooms, "ask" | "directory">): LiveFeed {
  const lists = new BoundedCache<LiveList>(KEPT_MS, 1);
  const matches = new BoundedCache<LiveRow | undefined>(KEPT_MS, CODES_MAX);
  return {
    list: () => lists.get("", () => listIn(rooms())),
    match: (code) => matches.get(code, () => matchIn(rooms(), code)),
  };
}

async function listIn({ ask, directory }: Pick<Rooms, "ask" | "directory">): Promise<LiveList> {
  const shown = (await directory.listed()).filter(isPublic).slice(0, LIVE_MAX);
  const rows = await Promise.all(
    shown.map(async ({ roomId }) => {
      const answer = await ask(roomId, "live", null);
      if (!answer.ok || answer.value.is !== "open") return [];
      const { summary } = answer.value;
      return [rowOf(roomId, { ...summary, lines: summary.lines.slice(0, LIST_LINES) })];
    }),
  );
  const flat = rows.flat();
  return { rows: flat, matches: flat.map(({ match }) => match) };
}

/** Rooms without a host: hosted ones are shown by their code only. */
const isPublic = (row: RoomRow): boolean => isListed(row) && row.metadata?.hosted === false;

async function matchIn(
  { ask, directory }: Pick<Rooms, "ask" | "directory">,
  code: string,
): Promise<LiveRow | undefined> {
  if (!(await isThere(directory, code))) throw await unknownRoom(directory, code);
  const answer = orThrow(await ask(code, "live", null));
  if (answer.is === "closed") throw refusalOf(answer);
  return answer.is === "open" ? rowOf(code, answer.summary) : undefined;
}

const isThere = async (directory: Directory, code: string): Promise<boolean> =>
  (await directory.find(code)) !== undefined;

const refusalOf = ({ why }: Extract<LiveAnswer, { is: "closed" }>): Refused =>
  why === "password"
    ? new Refused(REFUSAL.wrongPassword, "A room with a password shows nothing outside.")
    : new Refused(REFUSAL.noSpectators, "Nobody may watch in this room.");

function rowOf(code: string, summary: LiveSummary): LiveRow {
  const { tick, phaseEndsTick, kills, ...figures } = summary;
  const msUntil = (then: number) => Math.round((then - tick) * TICK_MS);
  return {
    match: {
      code,
      ...figures,
      leftMs: figures.phase === "waiting" ? null : msUntil(phaseEndsTick),
      kills: kills.map(({ tick: then, ...kill }) => ({ ...kill, agoMs: -msUntil(then) })),
    },
    text: JSON.stringify({ ...summary, tick: 0 }),
  };
}
