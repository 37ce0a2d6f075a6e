/** Sends the plan of a connection, and counts the frames that the server can have read. */
import { CloseCode } from "@colyseus/sdk";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { type Burst, type ConnectionPlan, FRAMING, type Piece } from "./plan/connection.ts";
import { join } from "./plan/wireNumbers.ts";
import type { Tally } from "./tally.ts";
import type { Link } from "./wire/link.ts";

/** A working server answers a ping at once; a hanging one is the watchdog's concern. */
const SETTLE_MS = 10_000;
/** After broken framing the server may take our ping for the rest of a frame, and never answer. */
const TAINTED_SETTLE_MS = 200;
const GOODBYE_MS = 1000;
/** Close codes that are no injustice: the answer to an earlier LEAVE, and the end of the server. */
const NO_REPROACH: readonly number[] = [CloseCode.CONSENTED, CloseCode.SERVER_SHUTDOWN, CLOSE.restarting];

/** Called when a client was closed after honest frames, with nothing suspect before them on that connection. */
export type OnInjustice = (what: string) => Promise<void>;

export async function playConnection(
  plan: ConnectionPlan,
  link: Link,
  tally: Tally,
  onInjustice: OnInjustice,
): Promise<void> {
  const player = new Player(link, tally, onInjustice);
  for (const [index, burst] of plan.bursts.entries()) {
    if (index === plan.acknowledgeAt) await player.acknowledge(plan.acknowledgement);
    await player.send(burst);
    if (!link.isOpen) break;
  }
  await sayGoodbye(plan, link);
  tally.closeCodes.add(link.ending?.code ?? "cut by us");
}

class Player {
  readonly #link: Link;
  readonly #tally: Tally;
  readonly #onInjustice: OnInjustice;
  #isAcknowledged = false;
  /** The framing is broken: the server may read the next frames as something else. */
  #isTainted = false;

  constructor(link: Link, tally: Tally, onInjustice: OnInjustice) {
    this.#link = link;
    this.#tally = tally;
    this.#onInjustice = onInjustice;
  }

  async acknowledge(piece: Piece): Promise<void> {
    await this.#write([piece]);
    this.#isAcknowledged = true;
  }

  async send({ honest, suspect, isEager }: Burst): Promise<void> {
    if (isEager) return this.#write([...honest, ...suspect]);
    const isInnocent = this.#isAcknowledged && !this.#isTainted && this.#link.isOpen;
    await this.#write(honest);
    if (isInnocent && this.#link.ending) await this.#reportInjustice(honest);
    for (const piece of suspect) await this.#write([piece]);
  }

  async #write(pieces: readonly Piece[]): Promise<void> {
    if (pieces.length === 0 || !this.#link.isOpen) return;
    this.#link.write(join(...pieces.map(({ bytes }) => bytes)));
    this.#isTainted ||= pieces.some(({ kind }) => kind === FRAMING);
    await this.#link.settle(this.#isTainted ? TAINTED_SETTLE_MS : SETTLE_MS);
    const firstSuspect = pieces.findIndex(({ honest }) => !honest);
    // Which suspect closed the connection is unknown; the server has read at least the first one.
    const read = this.#link.isOpen || firstSuspect < 0 ? pieces.length : firstSuspect + 1;
    for (const { kind } of pieces.slice(0, read)) this.#tally.frames.add(kind);
    this.#tally.unreadFrames += pieces.length - read;
  }

  async #reportInjustice(honest: readonly Piece[]): Promise<void> {
    const { code, reason } = this.#link.ending ?? { code: 0, reason: "" };
    if (NO_REPROACH.includes(code)) return;
    const hex = honest.map(({ kind, bytes }) => `${kind} ${Buffer.from(bytes).toString("hex")}`).join("; ");
    await this.#onInjustice(`a client was closed with ${code} "${reason}" after honest frames: ${hex}`);
  }
}

async function sayGoodbye({ ending, farewell }: ConnectionPlan, link: Link): Promise<void> {
  if (link.write(farewell) && (ending === "leave" || ending === "close")) {
    await Promise.race([link.ended, new Promise((resolve) => setTimeout(resolve, GOODBYE_MS).unref())]);
  }
  link.cut();
}
