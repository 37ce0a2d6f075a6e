/** Replays corpus entries at a server, and compares the outcome with what each entry expects. */
import { setTimeout as wait } from "node:timers/promises";
import { Protocol } from "@colyseus/sdk";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { seededRandom } from "#shared/sim/random.ts";
import type { CorpusEntry } from "./corpus.ts";
import { parseStep, type Step } from "./corpusSteps.ts";
import { encodeFrame, OPCODE } from "./plan/framing.ts";
import { fillIn, type Target } from "./plan/requestText.ts";
import { whatIsWrong } from "./sendRequests.ts";
import { enter } from "./wire/enter.ts";
import { exchange, type Outcome } from "./wire/exchange.ts";
import type { Address, Link } from "./wire/link.ts";

const SETTLE_MS = 3000;
const GET_IN_MS = 10_000;
const AGAIN_MS = 100;
/** Connections at the same time: a room has seats for about a dozen beside the honest pair. */
const AT_ONCE = 6;

/** Returns what differs from the expectation; undefined if nothing does. The watchdog sees whether the server survives. */
export async function replay(
  entry: CorpusEntry,
  address: Address,
  target: Target,
): Promise<string | undefined> {
  const closings: number[] = [];
  for (let from = 0; from < entry.connections.length; from += AT_ONCE) {
    const some = entry.connections.slice(from, from + AT_ONCE);
    closings.push(...(await Promise.all(some.map((steps) => playSteps(steps, address, target)))));
  }
  const statuses: number[] = [];
  for (const request of entry.requests) {
    const outcome = await ask(address, fillIn(request, target));
    statuses.push(statusOf(outcome));
    const wrong = outcome.kind === "answered" && whatIsWrong(outcome.answer, target.origin);
    if (wrong) return `${entry.file}: ${wrong}`;
  }
  return unexpected(entry, closings, statuses);
}

/**
 * Sends a request, again while the room is full: the server keeps the seat of a client that it has thrown out for a
 * second, so the connections of earlier entries may still fill the honest pair's room.
 */
async function ask(address: Address, request: string): Promise<Outcome> {
  const giveUpAt = performance.now() + GET_IN_MS;
  for (;;) {
    const outcome = await exchange(address, request, 0);
    if (statusOf(outcome) !== REFUSAL.roomFull || performance.now() > giveUpAt) return outcome;
    await wait(AGAIN_MS);
  }
}

const statusOf = (outcome: Outcome): number => (outcome.kind === "answered" ? outcome.answer.status : 0);

function unexpected(
  { file, what, expect }: CorpusEntry,
  closings: readonly number[],
  statuses: readonly number[],
): string | undefined {
  if (expect === "survive") return undefined;
  const [got, allowed, name] =
    "close" in expect
      ? ([closings, expect.close, "close code"] as const)
      : ([statuses, expect.status, "status"] as const);
  const odd = got.find((code) => !allowed.includes(code));
  if (odd === undefined) return undefined;
  return `${file} (${what}): ${name} ${odd}; expected ${allowed.join(" or ")}`;
}

/** Returns the server's close code; 0 if it left the connection open. */
async function playSteps(lines: readonly string[], address: Address, target: Target): Promise<number> {
  const link = await getIn(address, target);
  const steps = lines.map(parseStep);
  if (steps[0]?.kind !== "noJoin")
    await sendStep(link, { kind: "frame", bytes: Uint8Array.of(Protocol.JOIN_ROOM) });
  for (const step of steps) await sendStep(link, step);
  const code = link.ending?.code ?? 0;
  // Leaves, so that the room does not keep the seat.
  if (link.isOpen) await sendStep(link, { kind: "frame", bytes: Uint8Array.of(Protocol.LEAVE_ROOM) });
  link.cut();
  return code;
}

/** Tries again while the room is full, as `ask` does. */
async function getIn(address: Address, target: Target): Promise<Link> {
  const giveUpAt = performance.now() + GET_IN_MS;
  for (;;) {
    const entry = await enter(address, target, "beside");
    if (entry.kind === "in") return entry.link;
    if (performance.now() > giveUpAt) throw new Error(`could not join: ${entry.status} ${entry.reason}`);
    await wait(AGAIN_MS);
  }
}

async function sendStep(link: Link, step: Step): Promise<void> {
  if (step.kind === "noJoin") return;
  const opcode = step.kind === "text" ? OPCODE.text : OPCODE.binary;
  link.write(step.kind === "stream" ? step.bytes : encodeFrame(seededRandom(1), step.bytes, { opcode }));
  await link.settle(SETTLE_MS);
}
