/** The clips that the player has made in the fight: the newest ones, and the notice about the last. */
import { signal } from "@preact/signals";
import { copyText } from "#client/ui/kit/sharing.ts";
import { followedPerson } from "#client/ui/room/watchModel.ts";
import { CLIP_KEY_MS, lastPart, type ReplayLink, replayAddress } from "#shared/replay/link.ts";
import { type Intents, scores } from "./model.ts";

export type ClipLink = ReplayLink & { readonly clip: NonNullable<ReplayLink["clip"]> };

/** "madeOnly": the browser did not let the page copy the link. */
export type ClipNotice = "made" | "madeOnly" | "notRecorded" | "noAnswer";

/** The newest last. */
export const clipsMade = signal<readonly ClipLink[]>([]);
export const clipNotice = signal<ClipNotice | undefined>(undefined);

const KEPT = 5;
const NOTICE_SHOWN_MS = 4_000;
let noticeTimer: ReturnType<typeof setTimeout> | undefined;

/** Makes a clip of what the player has just seen, and copies its link. `ask`: asks the room for the moment. */
export async function makeClip(ask: Intents["clip"]): Promise<void> {
  const answer = await ask();
  if (!answer.ok) return tell(answer.reason);
  const clip: ClipLink = { id: answer.id, clip: lastPart(answer.atMs, CLIP_KEY_MS), follow: seenName() };
  clipsMade.value = [...clipsMade.value, clip].slice(-KEPT);
  tell((await copyText(absolute(clip))) ? "made" : "madeOnly");
}

/** The player in the middle of the picture. */
const seenName = (): string | undefined =>
  scores.value.find(({ self }) => self)?.name ?? followedPerson()?.name;

export const absolute = (link: ReplayLink): string => location.origin + replayAddress(link);

function tell(notice: ClipNotice): void {
  clearTimeout(noticeTimer);
  clipNotice.value = notice;
  noticeTimer = setTimeout(() => {
    clipNotice.value = undefined;
  }, NOTICE_SHOWN_MS);
}
