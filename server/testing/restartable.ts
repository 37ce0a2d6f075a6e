/** A server process that tests stop and start again. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import type { TestServer } from "./bootServer.ts";
import { type ServerProcess, startServer } from "./serverProcess.ts";

/** A server that can be stopped and started again with the same port and DATA_DIR. */
export class Restartable {
  readonly dataDir = temporaryFolder("data");
  readonly #port: number;
  process!: ServerProcess;

  readonly #environment: Record<string, string>;

  constructor(port: number, environment: Record<string, string> = {}) {
    this.#port = port;
    this.#environment = environment;
  }

  async start(): Promise<void> {
    this.process = await startServer({
      PORT: String(this.#port),
      DATA_DIR: this.dataDir,
      DRAIN_SECONDS: "0",
      NODE_ENV: "production",
      TRUSTED_PROXIES: "127.0.0.1",
      ...this.#environment,
    });
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    this.process.signal(signal);
    await this.process.ended;
  }

  /** For functions that only need the address. */
  get server(): TestServer {
    return { url: this.process.url, port: this.#port } as TestServer;
  }

  files(): string[] {
    return readdirSync(join(this.dataDir, "rooms")).sort();
  }
}
