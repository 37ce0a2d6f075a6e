/** A server of several processes as operators run it, whose code a test replaces, and stock SDK clients that play on it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@colyseus/sdk";
import { pathTo, ROUTE, type TakeoverAnswer } from "#shared/protocol/http.ts";
import { MESSAGE, ROOM } from "#shared/protocol/names.ts";
import { CommandInput } from "#shared/schema/input.ts";
import type { ArenaState, Seat } from "#shared/schema/state.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { freshAddress } from "./asking.ts";
import { type ArenaClient, until } from "./bootServer.ts";
import type { NewCode } from "./newCode.ts";
import { type ServerProcess, startServer } from "./serverProcess.ts";

const NEW_CODE = fileURLToPath(new URL("newCode.ts", import.meta.url));
/** On a machine that runs other tests, too. */
export const DEPLOY_WITHIN_MS = 150_000;
const STEER_MS = 100;

export interface DeployedServer extends ServerProcess {
  readonly dataDir: string;
  /** How often this text is in the log. */
  count(text: string): number;
  /** The code that processes have which start from now on. */
  code(what: NewCode): void;
  /** The newest front's. */
  frontPid(): number;
  /** Sends SIGHUP and waits until the new generation is open. */
  deploy(): Promise<void>;
}

export async function startDeployed(environment: Record<string, string> = {}): Promise<DeployedServer> {
  const dataDir = temporaryFolder("data");
  const file = join(dataDir, "newCode");
  const server = await startServer({
    ...{ PROCESSES: "2", DATA_DIR: dataDir, NEW_CODE_FILE: file, NODE_OPTIONS: `--import=${NEW_CODE}` },
    ...environment,
  });
  const count = (text: string) => server.output().split(text).length - 1;
  return {
    ...server,
    dataDir,
    count,
    frontPid: () =>
      Number(Array.from(server.output().matchAll(/"pid":(\d+),"msg":"a front starts"/g)).at(-1)?.[1]),
    code: (what) => writeFileSync(file, what),
    async deploy() {
      const before = count("Fracas is open");
      server.signal("SIGHUP");
      await until("the next generation is open", () => count("Fracas is open") > before, DEPLOY_WITHIN_MS);
    },
  };
}

interface Visitor {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly client: Client;
}

/** Somebody who drives about, and notes how connections end and how long patches are missing. */
export class Wanderer {
  readonly room: ArenaClient;
  readonly visitor: Visitor;
  /** Codes with which the connection was dropped; the SDK reconnects. */
  readonly drops: number[] = [];
  /** Codes with which the session ended. */
  readonly ends: number[] = [];
  readonly errors: unknown[] = [];
  readonly messages: unknown[] = [];
  /** The longest time between two patches, ms. */
  gapMs = 0;
  #patchAtMs = performance.now();
  readonly #steering: NodeJS.Timeout;

  constructor(visitor: Visitor, room: ArenaClient) {
    this.visitor = visitor;
    this.room = room;
    Object.assign(room.reconnection, { minUptime: 0, maxDelay: 500, maxRetries: 60 });
    room.onDrop((code) => void this.drops.push(code));
    room.onLeave((code) => void this.ends.push(code));
    room.onError((code, message) => void this.errors.push([code, message]));
    room.onMessage("*", (type, message) => void this.messages.push([type, message]));
    room.onStateChange(() => {
      const nowMs = performance.now();
      this.gapMs = Math.max(this.gapMs, nowMs - this.#patchAtMs);
      this.#patchAtMs = nowMs;
    });
    const input = room.input({ type: CommandInput });
    this.#steering = setInterval(() => {
      Object.assign(input.data, { moveX: Math.random() < 0.5 ? 127 : -127, buttons: 0 });
      if (this.drops.length === this.returns && this.ends.length === 0) input.send();
    }, STEER_MS);
    room.onReconnect(() => void this.returns++);
  }

  /** How often the SDK has reconnected. */
  returns = 0;

  get client(): Client {
    return this.visitor.client;
  }

  get state(): ArenaState {
    return this.room.state;
  }

  /** Lines of chat that were received since `from` messages. */
  chat(from = 0): string[] {
    const lines = this.messages.slice(from).flatMap((message) => {
      const [type, content] = message as [string, { said: { text?: string } }[]];
      return type === MESSAGE.chat ? content : [];
    });
    return lines.map(({ said }) => said.text ?? "");
  }

  /** The matches that the server says to have counted for this player. */
  counted(): Set<string> {
    const notices = this.messages.flatMap((message) => {
      const [type, notice] = message as [string, { type: string; news?: { is: string; match: string } }];
      return type === MESSAGE.notice && notice.type === "result" && notice.news ? [notice.news] : [];
    });
    return new Set(notices.filter(({ is }) => is === "counted").map(({ match }) => match));
  }

  /** Connected people in the room. */
  players(): number {
    return [...this.state.roster.values()].filter(({ bot, connected }) => !bot && connected).length;
  }

  /** The roster without what changes by itself, by seat. */
  roster(): Record<string, Pick<Seat, "name" | "score" | "rank" | "team" | "bot" | "muted">> {
    return Object.fromEntries(
      [...this.state.roster.entries()].map(([id, { name, score, rank, team, bot, muted }]) => [
        id,
        { name, score, rank, team, bot, muted },
      ]),
    );
  }

  /** As a page asks for the seat that its player has in another tab. */
  async tokenOfKeptSeat(): Promise<string> {
    const path = pathTo(ROUTE.takeover, { code: this.room.roomId });
    const answer = await fetch(`${this.visitor.url}${path}`, {
      method: "POST",
      headers: { ...this.visitor.headers, authorization: `Bearer ${this.client.http.authToken}` },
    });
    return ((await answer.json()) as TakeoverAnswer).reconnectionToken;
  }

  stop(): void {
    clearInterval(this.#steering);
    this.room.reconnection.enabled = false;
    void this.room.leave().catch(() => {});
  }
}

/** Has an identity and an address of its own. */
async function visitorOf(url: string): Promise<Visitor> {
  const headers = { origin: url, "x-forwarded-for": freshAddress() };
  const client = new Client(url, { headers });
  const answer = await fetch(`${url}${ROUTE.identity}`, { method: "POST", headers });
  client.http.authToken = ((await answer.json()) as { token: string }).token;
  return { url, headers, client };
}

async function arrive(url: string, join: (client: Client) => Promise<ArenaClient>): Promise<Wanderer> {
  const visitor = await visitorOf(url);
  const wanderer = new Wanderer(visitor, await join(visitor.client));
  await until("the first state", () => wanderer.state?.tick > 0, 30_000);
  return wanderer;
}

export const host = (url: string, name: string, options: object = {}): Promise<Wanderer> =>
  arrive(url, (client) => client.create<ArenaState>(ROOM.arena, { name, private: true, ...options }));

export const enter = (url: string, code: string, name: string): Promise<Wanderer> =>
  arrive(url, (client) => client.joinById<ArenaState>(code, { name }));

export const quickPlay = (url: string, name: string): Promise<Wanderer> =>
  arrive(url, (client) => client.joinOrCreate<ArenaState>(ROOM.arena, { name }));

/** Asks for a path on new connections, again and again, until `stop`: resolves to what did not answer 200. */
export function keepAsking(
  url: string,
  path: string,
): { stop(): Promise<{ bad: unknown[]; asked: number }> } {
  let isOver = false;
  const bad: unknown[] = [];
  let asked = 0;
  const loop = async () => {
    while (!isOver) {
      asked++;
      try {
        const answer = await fetch(`${url}${path}`, { headers: { connection: "close" } });
        await answer.text();
        if (answer.status !== 200) bad.push(answer.status);
      } catch (error) {
        bad.push((error as Error).cause ?? error);
      }
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  };
  const loops = Promise.all([loop(), loop()]);
  return {
    async stop() {
      isOver = true;
      await loops;
      return { bad, asked };
    },
  };
}
