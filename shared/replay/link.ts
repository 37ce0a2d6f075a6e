/** The address of a replay, of a moment in it, and of a clip: `/replay/ID?t=73&follow=NAME&from=60&to=90`. Times in seconds. */
import { pathTo, ROUTE } from "#shared/protocol/http.ts";

export interface ReplayLink {
  readonly id: string;
  /** Where to begin, ms since the replay's beginning. */
  readonly atMs?: number | undefined;
  /** Name of the player to follow. */
  readonly follow?: string | undefined;
  /** A clip: the part to show, again and again. */
  readonly clip?: { readonly fromMs: number; readonly toMs: number } | undefined;
}

/** Bounds the length of a clip. */
export const CLIP_MAX_MS = 30_000;
export const CLIP_MIN_MS = 1_000;
/** A key makes a clip of the last part of a fight that is so long. */
export const CLIP_KEY_MS = 15_000;

/** The part before a moment; it is shorter at the beginning of a replay. */
export function lastPart(atMs: number, ms: number): { fromMs: number; toMs: number } {
  const fromMs = Math.max(0, atMs - ms);
  return { fromMs, toMs: Math.max(atMs, fromMs + CLIP_MIN_MS) };
}

const PATH = /^\/replay\/([^/]+)\/?$/;
/** Seconds in an address: more than the hours that a room can play, and no finer than a millisecond. */
const SECONDS = /^\d{1,6}(\.\d{1,3})?$/;

/** Undefined for any other page. Parameters that are no times are left out: somebody has shortened the link. */
export function readReplayLink({
  pathname,
  search,
}: Pick<Location, "pathname" | "search">): ReplayLink | undefined {
  const id = PATH.exec(pathname)?.[1];
  if (id === undefined) return undefined;
  const given = new URLSearchParams(search);
  const [fromMs, toMs] = [msIn(given.get("from")), msIn(given.get("to"))];
  const isClip = fromMs !== undefined && toMs !== undefined && fromMs < toMs;
  return {
    id,
    atMs: msIn(given.get("t")),
    follow: given.get("follow") || undefined,
    clip: isClip ? { fromMs, toMs: Math.min(toMs, fromMs + CLIP_MAX_MS) } : undefined,
  };
}

/** The address without its origin. */
export function replayAddress({ id, atMs, follow, clip }: ReplayLink): string {
  const query = new URLSearchParams();
  if (atMs !== undefined) query.set("t", secondsOf(atMs));
  if (clip) {
    query.set("from", secondsOf(clip.fromMs));
    query.set("to", secondsOf(clip.toMs));
  }
  if (follow) query.set("follow", follow);
  const text = query.toString();
  return pathTo(ROUTE.replayPage, { id }) + (text && `?${text}`);
}

const msIn = (text: string | null): number | undefined =>
  text !== null && SECONDS.test(text) ? Math.round(Number(text) * 1000) : undefined;

const secondsOf = (ms: number): string => String(Math.round(ms / 100) / 10);
