/** The chat's log and input as signals. The page adds what arrives from the room; components read. */
import { signal } from "@preact/signals";
import { isMutedHere } from "#client/ui/room/muting.ts";
import { ownSeat, pausedBy } from "#client/ui/room/roomModel.ts";
import { type Intents, isTeamedNow } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { ChatLine, ChatScope } from "#shared/protocol/chat.ts";
import type { ChatMessage, MatchAction, Notice } from "#shared/protocol/messages.ts";

/** Notices that appear in the log; the others have screens of their own. */
export type LoggedNotice = Exclude<Notice, { type: (typeof SHOWN_ELSEWHERE)[number] }>;

const SHOWN_ELSEWHERE = [
  "restarting",
  "roomFailed",
  "idle",
  "active",
  "late",
  "still",
  "result",
  "summary",
] as const;

const isLogged = (notice: Notice): notice is LoggedNotice =>
  !(SHOWN_ELSEWHERE as readonly string[]).includes(notice.type);

/** `atMs` is on the clock of performance.now(). */
export type ChatEntry = { readonly key: number; readonly atMs: number } & (
  | { readonly line: ChatLine }
  | { readonly notice: LoggedNotice }
);

const LOG_MAX_ENTRIES = 200;

/** Oldest first. */
export const chatLog = signal<readonly ChatEntry[]>([]);
export const chatOpen = signal(false);
/** The chosen audience; see scopeNow(). */
export const chatScope = signal<ChatScope>("all");
/** When the room takes the player's next line, on the clock of performance.now(). */
export const speakAgainAtMs = signal(0);
/** Why the room refused the last line; empty if it took it. */
export const chatRefusal = signal("");

let lastKey = 0;
let expectsRepeats = false;

/** Call on entering a room: it has a log of its own. */
export function forgetChat(): void {
  chatLog.value = [];
  chatOpen.value = false;
  chatScope.value = "all";
}

export function closeChat(): void {
  chatOpen.value = false;
}

/** Call when the connection is back: the room sends the latest lines again, and those in the log are dropped. */
export function expectRepeats(): void {
  expectsRepeats = true;
}

/** Returns whether somebody else has just said something that this player wants to read. */
export function hearLines(lines: readonly ChatLine[]): boolean {
  // Several lines in one message are the latest ones again, also sent after a pause of patches.
  const fresh = expectsRepeats || lines.length > 1 ? lines.slice(countRepeats(lines)) : lines;
  expectsRepeats = false;
  add(fresh.map((line) => ({ line })));
  const isHeard = ({ seat, name }: ChatLine) =>
    seat !== ownSeat.value?.id && !isMutedHere({ id: seat, name });
  return lines.length === 1 && fresh.some(isHeard);
}

/** The length of the longest start of `lines` that is the end of the log. */
function countRepeats(lines: readonly ChatLine[]): number {
  const logged = chatLog.value.flatMap((entry) => ("line" in entry ? [JSON.stringify(entry.line)] : []));
  const next = lines.map((line) => JSON.stringify(line));
  for (let count = Math.min(logged.length, next.length); count > 0; count--) {
    if (logged.slice(-count).every((line, index) => line === next[index])) return count;
  }
  return 0;
}

export function hearNotice(notice: Notice): void {
  if (!isLogged(notice)) return;
  if (notice.type === "match" && notice.did !== "screenEnd")
    pausedBy.value = pausesMatch(notice) ? notice.by : "";
  add([{ notice }]);
}

/** A replay pauses a match that is on. */
const pausesMatch = ({ did }: { did: MatchAction }): boolean => did === "pause" || did === "screen";

function add(entries: readonly ({ line: ChatLine } | { notice: LoggedNotice })[]): void {
  const atMs = performance.now();
  const added = entries.map((entry) => ({ ...entry, key: ++lastKey, atMs }));
  chatLog.value = [...chatLog.value, ...added].slice(-LOG_MAX_ENTRIES);
}

/** The entries without lines of people whom this player has muted. */
export const heard = (entries: readonly ChatEntry[]): readonly ChatEntry[] =>
  entries.filter(
    (entry) => !("line" in entry) || !isMutedHere({ id: entry.line.seat, name: entry.line.name }),
  );

/** The audiences that exist for this player now: a spectator has no side, and some modes have none. */
export function availableScopes(): readonly ChatScope[] {
  if (ownSeat.value?.spectating) return ["all", "spectators"];
  return isTeamedNow.value ? ["all", "team"] : ["all"];
}

/** The chosen audience, or "all" once that audience is gone. */
export const scopeNow = (): ChatScope =>
  availableScopes().includes(chatScope.value) ? chatScope.value : "all";

/** Resolves to whether the room took the line. Updates `speakAgainAtMs` and `chatRefusal` if not. */
export async function sendChat(intents: Pick<Intents, "say">, message: ChatMessage): Promise<boolean> {
  chatRefusal.value = "";
  const outcome = await intents.say(message);
  if (outcome.ok) return true;
  if (outcome.reason === "tooFast") speakAgainAtMs.value = performance.now() + (outcome.waitMs ?? 0);
  else chatRefusal.value = STRINGS.room.refused[outcome.reason];
  return false;
}
