/** Sends the plan of a connection and counts what the server can have read of it. */
import { CloseCode } from "@colyseus/sdk";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { type Burst, type ConnectionPlan, FRAMING, type Piece } from "./plan/connection.ts";
import { join } from "./plan/wireNumbers.ts";
import type { Tally } from "./tally.ts";
import type { Link } from "./wire/link.ts";

/** A server that works answers at once; one that does not is the watchdog's. */
const SETTLE_MS = 10_000;
/** Behind half a frame, our question is taken for the rest of it. */
const TAINTED_SETTLE_MS = 200;
const GOODBYE_MS = 1000;
/** Who has said LEAVE is told so late, perhaps after the next frames; and a server that ends tells everybody. */
const NO_REPROACH: readonly number[] = [CloseCode.CONSENTED, CloseCode.SERVER_SHUTDOWN, CLOSE.restarting];

/** Told of an honest frame for which a client was cut, although nothing before it on that connection was odd. */
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
  /** The stream's framing is broken: what comes now may be read as something else. */
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
    if (isInnocent && this.#link.ending) await this.#complain(honest);
    for (const piece of suspect) await this.#write([piece]);
  }

  async #write(pieces: readonly Piece[]): Promise<void> {
    if (pieces.length === 0 || !this.#link.isOpen) return;
    this.#link.write(join(...pieces.map(({ bytes }) => bytes)));
    this.#isTainted ||= pieces.some(({ kind }) => kind === FRAMING);
    await this.#link.settle(this.#isTainted ? TAINTED_SETTLE_MS : SETTLE_MS);
    const firstSuspect = pieces.findIndex(({ honest }) => !honest);
    // For which of several suspects the connection was closed is not known: the first is the least that was read.
    const read = this.#link.isOpen || firstSuspect < 0 ? pieces.length : firstSuspect + 1;
    for (const { kind } of pieces.slice(0, read)) this.#tally.frames.add(kind);
    this.#tally.unreadFrames += pieces.length - read;
  }

  async #complain(honest: readonly Piece[]): Promise<void> {
    const { code, reason } = this.#link.ending ?? { code: 0, reason: "" };
    if (NO_REPROACH.includes(code)) return;
    const hex = honest.map(({ kind, bytes }) => `${kind} ${Buffer.from(bytes).toString("hex")}`).join("; ");
    await this.#onInjustice(`a client was cut with ${code} "${reason}" for honest frames: ${hex}`);
  }
}

async function sayGoodbye({ ending, farewell }: ConnectionPlan, link: Link): Promise<void> {
  if (link.write(farewell) && (ending === "leave" || ending === "close")) {
    await Promise.race([link.ended, new Promise((resolve) => setTimeout(resolve, GOODBYE_MS).unref())]);
  }
  link.cut();
}
