/**
 * `npm run fuzz -- --editors N`: sends N hostile messages into a room of the arena editor, in which two honest people draw
 * all the while. They must stay, and see the same drawing.
 */
import { Client, type Room } from "@colyseus/sdk";
import { plural } from "#loadtest/lib/text.ts";
import { Artist, DraftOwner, type LoadDraft } from "#loadtest/load/artists.ts";
import { contentOf } from "#shared/editor/testing/session.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { type Random, streamOf } from "./plan/chance.ts";
import { hostileMessage } from "./plan/editorMessages.ts";
import { type ServerProcess, startServer } from "./watch/serverProcess.ts";

/** After so many messages an attacker leaves, unless the server has ended its connection before. */
const MESSAGES_OF_ONE = 150;
const CHECK_EVERY = 1_000;
const SETTLE_MS = 15_000;
const MEMORY_GROWTH_MAX_MB = 64;

export interface EditorAttack {
  readonly sent: number;
  /** How often each close code ended an attacker's connection. */
  readonly closes: ReadonlyMap<string, number>;
  readonly strokes: number;
  readonly grownMb: number;
  /** Everything that must not happen. */
  readonly faults: readonly string[];
}

export async function attackEditors(
  messages: number,
  seed: number,
  say: (line: string) => void,
): Promise<EditorAttack> {
  const server = await startServer({ TRUSTED_PROXIES: "loopback" });
  try {
    return await new Attack(server, seed).run(messages, say);
  } finally {
    await server.stop();
  }
}

class Attack {
  readonly #server: ServerProcess;
  readonly #random: Random;
  readonly #closes = new Map<string, number>();
  readonly #faults: string[] = [];
  #sent = 0;

  constructor(server: ServerProcess, seed: number) {
    this.#server = server;
    this.#random = streamOf(seed, 0);
    void server.ended.then((how) => this.#faults.push(`${how}\n${server.stderr()}`));
  }

  async run(messages: number, say: (line: string) => void): Promise<EditorAttack> {
    const { origin: endpoint, botToken: token } = this.#server;
    const draft = await (await DraftOwner.arrive(endpoint)).create("hostile");
    const honest = await Promise.all(
      ["ann", "bob"].map((name) => Artist.join({ endpoint, token }, draft, name, this.#random)),
    );
    for (const artist of honest) artist.begin();
    const before = await this.#heapMb();
    let checkedAt = 0;
    while (this.#sent < messages && this.#faults.length === 0) {
      await this.#attackOnce(draft, messages);
      if (this.#sent - checkedAt < CHECK_EVERY) continue;
      checkedAt = this.#sent;
      await this.#check(honest);
      say(`${this.#sent} messages, ${plural(this.#faults.length, "fault")}`);
    }
    await this.#check(honest);
    const grownMb = (await this.#heapMb()) - before;
    if (grownMb > MEMORY_GROWTH_MAX_MB) this.#faults.push(`the server has grown by ${grownMb.toFixed(0)} MB`);
    for (const [error, times] of this.#server.errors) this.#faults.push(`logged ${times} times: ${error}`);
    const strokes = honest.reduce((sum, { ackMs }) => sum + ackMs.length, 0);
    await Promise.all(honest.map((artist) => artist.leave()));
    // A copy: the end of the server, which follows, is no fault.
    return { sent: this.#sent, closes: this.#closes, strokes, grownMb, faults: [...this.#faults] };
  }

  /** One connection, as an editor or as a viewer. */
  async #attackOnce(draft: LoadDraft, messages: number): Promise<void> {
    const room = await this.#join(draft);
    let isOpen = true;
    room.onLeave((code) => {
      isOpen = false;
      this.#closes.set(String(code), (this.#closes.get(String(code)) ?? 0) + 1);
    });
    const until = Math.min(messages, this.#sent + MESSAGES_OF_ONE);
    for (let n = 1; isOpen && this.#sent < until; n++) {
      const message = hostileMessage(this.#random, n);
      if (message.is === "bytes") room.connection.send(message.bytes);
      else room.send(message.type, message.payload);
      this.#sent++;
      // The socket's buffer is not what is tested.
      if (n % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    if (isOpen) await room.leave();
  }

  async #join({ id, key }: LoadDraft): Promise<Room> {
    const client = new Client(this.#server.origin);
    client.http.authToken = this.#server.botToken;
    const isViewer = this.#random.next() < 0.1;
    const room: Room = await client.joinOrCreate(ROOM.editor, { draft: id, key: isViewer ? "" : key });
    room.reconnection.enabled = false;
    room.onMessage("*", () => {});
    room.onError(() => {});
    return room;
  }

  /** The honest pair gets its strokes acknowledged, and has one drawing. */
  async #check(honest: readonly Artist[]): Promise<void> {
    for (const artist of honest) artist.pause();
    const endsAtMs = performance.now() + SETTLE_MS;
    const isOne = () => {
      const isSettled = honest.every(({ pending }) => pending === 0);
      return isSettled && new Set(honest.map(({ view }) => JSON.stringify(contentOf(view)))).size === 1;
    };
    while (!isOne() && performance.now() < endsAtMs) await new Promise((resolve) => setTimeout(resolve, 50));
    if (!isOne()) this.#faults.push(`after ${this.#sent} messages the honest pair does not see one drawing`);
    if (honest.some(({ room }) => !room.connection.isOpen))
      this.#faults.push(`after ${this.#sent} messages an honest editor is not connected`);
    for (const artist of honest) artist.begin();
  }

  async #heapMb(): Promise<number> {
    const { heapBytes, externalBytes } = await this.#server.measureMemory();
    return (heapBytes + externalBytes) / 1e6;
  }
}

export function attackSummary({ sent, closes, strokes, grownMb, faults }: EditorAttack): string {
  const rows = [...closes].sort().map(([code, times]) => `  closed with ${code.padEnd(8)}${times}`);
  return [
    ...rows,
    `${sent} messages; the honest pair drew ${strokes} strokes; the server's memory grew by ${grownMb.toFixed(1)} MB`,
    ...faults,
  ].join("\n");
}
