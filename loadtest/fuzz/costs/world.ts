/** The server that is measured, a public room full of seats to send frames from, and a hosted room with a password. */
import { setTimeout as wait } from "node:timers/promises";
import { Protocol } from "@colyseus/sdk";
import { encodeFrame, OPCODE } from "#loadtest/fuzz/plan/framing.ts";
import { fillIn, requestText, type Target } from "#loadtest/fuzz/plan/requestText.ts";
import { type ServerProcess, startServer } from "#loadtest/fuzz/watch/serverProcess.ts";
import { enter, type Way } from "#loadtest/fuzz/wire/enter.ts";
import type { Link } from "#loadtest/fuzz/wire/link.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { seededRandom } from "#shared/sim/random.ts";
import type { Reading } from "./meter.ts";
import { sendInTurn, type Traffic } from "./traffic.ts";

export const ADMIN_PASSWORD = "the password of an operator";
const ROOM_PASSWORD = "the password of a host";
/** Beside them, a public room has places for those who join to be thrown out. */
const SEATS = 10;
const SETTLE_MS = 10_000;
/** More than a network may ask for at once. */
const SPENT_REQUESTS = 10_000;
const ACKNOWLEDGEMENT = encodeFrame(seededRandom(1), Uint8Array.of(Protocol.JOIN_ROOM), {
  opcode: OPCODE.binary,
});

export interface Seat {
  readonly link: Link;
  readonly room: string;
}

export class World {
  readonly server: ServerProcess;
  /** The bytes of seats are added in `read`. */
  readonly traffic: Traffic = { pieces: 0, bytesIn: 0, bytesOut: 0 };
  readonly #links: Link[] = [];
  #networks = 0;
  /** The network of all floods. */
  readonly flooder = "198.51.100.1";
  #hasNoLimit = false;
  readonly seats: Seat[] = [];
  host!: Seat;

  private constructor(server: ServerProcess) {
    this.server = server;
  }

  /** Behind a proxy on this machine, so that each client can have a network of its own. Rejects if a seat is refused. */
  static async open(): Promise<World> {
    const world = new World(
      await startServer({ TRUSTED_PROXIES: "127.0.0.1", ADMIN_PASSWORD, LOG_LEVEL: "info" }),
    );
    try {
      for (let i = 0; i < SEATS; i++) world.seats.push(await world.enter("anywhere"));
      const options = { name: "Host", private: true, password: ROOM_PASSWORD, settings: { bots: 0 } };
      world.host = await world.enter({ options });
    } catch (error) {
      await world.close();
      throw error;
    }
    return world;
  }

  /** The address of a client that was not here before. Each is a network of its own. */
  network(): string {
    const nth = ++this.#networks;
    return `11.${(nth >> 16) & 255}.${(nth >> 8) & 255}.${nth & 255}`;
  }

  /** Sends from the flooder's network until the server refuses most requests, unless it never does. */
  async exhaust(): Promise<void> {
    const text = this.complete(requestText({ path: "/healthz", headers: [["Host", "{host}"]] }));
    const batch = Array(100).fill({ text, network: this.flooder });
    for (let sent = 0; !this.#hasNoLimit; sent += batch.length) {
      const statuses = await sendInTurn(this.server, batch, this.traffic);
      // The network gains a few tokens meanwhile.
      if (statuses.of(200) < batch.length / 2) return;
      this.#hasNoLimit = sent > SPENT_REQUESTS;
    }
  }

  /** The text of a request for this server. */
  complete(text: string): string {
    return fillIn(text, this.target);
  }

  get target(): Target {
    const { host, port, origin } = this.server;
    // Without a token: limits do not count bots.
    return { host: `${host}:${port}`, origin, token: "", room: this.seats[0]?.room ?? "" };
  }

  /** A seat whose client has acknowledged its join. */
  async enter(way: Way = "beside", network = this.network()): Promise<Seat> {
    const entry = await enter(this.server, this.target, way, network);
    if (entry.kind === "refused") throw new Error(`no seat: ${entry.status} ${entry.reason}`);
    this.#links.push(entry.link);
    await this.write(entry.link, [ACKNOWLEDGEMENT]);
    return entry;
  }

  /** A seat in the room of a new draft, beside nobody. */
  async enterEditor(): Promise<Seat> {
    const network = this.network();
    const post = async (route: string, body: object, token?: string) => {
      const headers = {
        ...{ "content-type": "application/json", origin: this.server.origin, "x-forwarded-for": network },
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      };
      const answer = await fetch(this.server.origin + route, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`no draft: ${answer.status}`);
      return answer.json() as Promise<Record<string, string>>;
    };
    const { token = "" } = await post(ROUTE.identity, {});
    const asked = { title: "Mill", theme: "foundry", columns: 32, rows: 24 };
    const { id: draft = "", key = "" } = await post(ROUTE.drafts, asked, token);
    return this.enter({ draft, key }, network);
  }

  /** All seats; those that the server has closed are taken anew. */
  async seated(): Promise<readonly Seat[]> {
    for (const [index, { link }] of this.seats.entries()) {
      if (!link.isOpen) this.seats[index] = await this.enter("anywhere");
    }
    return this.seats;
  }

  /** Writes frames at once; resolves when the server has read them, or has ended the connection. */
  async write(link: Link, frames: readonly Uint8Array[]): Promise<void> {
    this.writeAtOnce(link, frames);
    await link.settle(SETTLE_MS);
  }

  writeAtOnce(link: Link, frames: readonly Uint8Array[]): void {
    this.traffic.pieces += frames.length;
    link.write(Buffer.concat(frames));
  }

  async read(): Promise<Reading> {
    const atMs = performance.now();
    const cpuUs = await this.server.cpuUs();
    let { bytesIn, bytesOut } = this.traffic;
    for (const { traffic } of this.#links) {
      bytesIn += traffic.written;
      bytesOut += traffic.read;
    }
    return { atMs, cpuUs, bytesIn, bytesOut, logBytes: this.server.logBytes(), pieces: this.traffic.pieces };
  }

  /** Waits until the server has closed the connection. */
  async gone(link: Link): Promise<void> {
    await Promise.race([link.ended, wait(SETTLE_MS, undefined, { ref: false })]);
    link.cut();
  }

  async close(): Promise<void> {
    for (const link of this.#links) link.cut();
    await this.server.stop();
  }
}
