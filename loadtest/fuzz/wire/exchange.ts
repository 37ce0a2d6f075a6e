/** Sends one raw request and reads the outcome: an answer, a hang-up, or silence. */
import { setTimeout as wait } from "node:timers/promises";
import { type Address, Link } from "./link.ts";
import type { Answer } from "./readAnswer.ts";

export type Outcome = { kind: "answered"; answer: Answer } | { kind: "hungUp" } | { kind: "silent" };

/** The server waits for the rest of an incomplete request; after this long we give up. */
const HOLD_ON_MS = 3000;
const TRICKLE_PAUSE_MS = 20;
const TRICKLE_MS = 2000;
const FLOOD_MS = 1000;

/**
 * With `trickleBytes` over 0 the request is sent that many bytes at a time, for two seconds at most. `isFlood`: more
 * requests follow the first one, whose answer counts; the others get a second for theirs.
 */
export async function exchange(
  address: Address,
  request: string,
  trickleBytes: number,
  isFlood = false,
): Promise<Outcome> {
  const link = await Link.open(address);
  try {
    const head = trickleBytes > 0 ? await trickle(link, request, trickleBytes) : request;
    const answer = await link.ask(head, HOLD_ON_MS);
    if (isFlood) await Promise.race([link.ended, wait(FLOOD_MS)]);
    return answer ? { kind: "answered", answer } : { kind: "hungUp" };
  } catch {
    return { kind: "silent" };
  } finally {
    link.cut();
  }
}

/** Returns the part that is not sent yet. */
async function trickle(link: Link, request: string, bytes: number): Promise<string> {
  const endAt = performance.now() + TRICKLE_MS;
  let sent = 0;
  while (sent < request.length && performance.now() < endAt && link.isOpen) {
    link.write(Buffer.from(request.slice(sent, sent + bytes), "latin1"));
    sent += bytes;
    await wait(TRICKLE_PAUSE_MS);
  }
  return request.slice(sent);
}
