/** What was said and told in this room. The page writes what comes over the wire; components read. */
import { signal } from "@preact/signals";
import { isMutedHere } from "#client/ui/room/muting.ts";
import { pausedBy } from "#client/ui/room/roomModel.ts";
import type { ChatLine, ChatScope } from "#shared/protocol/chat.ts";
import type { Notice } from "#shared/protocol/messages.ts";

/** Notices that are lines of the log; the others have screens of their own. */
export type LoggedNotice = Exclude<Notice, { type: "restarting" } | { type: "roomFailed" }>;

/** `atMs` on performance.now()'s clock. */
export type ChatEntry = { readonly key: number; readonly atMs: number } & (
  | { readonly line: ChatLine }
  | { readonly notice: LoggedNotice }
);

const LOG_MAX = 200;

/** Oldest first. */
export const chatLog = signal<readonly ChatEntry[]>([]);
export const chatOpen = signal(false);
export const chatScope = signal<ChatScope>("all");
/** On performance.now()'s clock: when the room takes the next line. */
export const speakAgainAtMs = signal(0);

let key = 0;
/** The next lines may be such as were heard before: the room tells who comes back what was said lately. */
let mayRepeat = false;

const add = (entries: readonly ({ line: ChatLine } | { notice: LoggedNotice })[]) => {
  const atMs = performance.now();
  const fresh = entries.map((entry) => ({ ...entry, key: key++, atMs }));
  chatLog.value = [...chatLog.value, ...fresh].slice(-LOG_MAX);
};

/** Another room has its own log. */
export function closeChat(): void {
  chatOpen.value = false;
}

export function forgetChat(): void {
  chatLog.value = [];
  chatOpen.value = false;
  chatScope.value = "all";
}

export function hearLines(lines: readonly ChatLine[]): void {
  // Several at once are what was said lately: also to who could not read for a while.
  const fresh = mayRepeat || lines.length > 1 ? lines.slice(heardBefore(lines)) : lines;
  mayRepeat = false;
  add(fresh.map((line) => ({ line })));
}

/** Call when the connection is back. */
export function expectRepeats(): void {
  mayRepeat = true;
}

/** How many of them, from the first on, are the last that were heard. */
function heardBefore(lines: readonly ChatLine[]): number {
  const last = chatLog.value.flatMap((entry) => ("line" in entry ? [JSON.stringify(entry.line)] : []));
  const next = lines.map((line) => JSON.stringify(line));
  for (let count = Math.min(last.length, next.length); count > 0; count--) {
    if (last.slice(-count).every((line, place) => line === next[place])) return count;
  }
  return 0;
}

export function hearNotice(notice: Notice): void {
  if (notice.type === "restarting" || notice.type === "roomFailed") return;
  if (notice.type === "match") pausedBy.value = notice.did === "pause" ? notice.by : "";
  add([{ notice }]);
}

/** Without what this player does not want to hear. */
export const heard = (entries: readonly ChatEntry[]): readonly ChatEntry[] =>
  entries.filter(
    (entry) => !("line" in entry) || !isMutedHere({ id: entry.line.seat, name: entry.line.name }),
  );
