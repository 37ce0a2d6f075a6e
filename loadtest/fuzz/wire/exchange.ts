/** One raw request and what comes of it: an answer, an end, or nothing for too long. */
import { setTimeout as wait } from "node:timers/promises";
import { type Address, Link } from "./link.ts";
import type { Answer } from "./readAnswer.ts";

export type Outcome = { kind: "answered"; answer: Answer } | { kind: "hungUp" } | { kind: "silent" };

/** A request that is not all there is waited for by the server too; this is how long we hold on. */
const HOLD_ON_MS = 3000;
const TRICKLE_PAUSE_MS = 20;
const TRICKLE_MS = 2000;

/** `trickleBytes`: so many at a time, for two seconds at most; 0 is all at once. */
export async function exchange(address: Address, request: string, trickleBytes: number): Promise<Outcome> {
  const link = await Link.open(address);
  try {
    const head = trickleBytes > 0 ? await trickle(link, request, trickleBytes) : request;
    const answer = await link.ask(head, HOLD_ON_MS);
    return answer ? { kind: "answered", answer } : { kind: "hungUp" };
  } catch {
    return { kind: "silent" };
  } finally {
    link.cut();
  }
}

/** Returns what is still to be sent. */
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
