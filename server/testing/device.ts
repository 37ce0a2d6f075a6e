/** A device of a player: shows its identity to a booted server, and takes over the tokens that it is given. */
import type { SignedIn } from "#shared/protocol/account.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import type { Me } from "#shared/protocol/progress.ts";
import { type Answer, ask, freshAddress, Guest } from "./asking.ts";
import type { TestServer } from "./bootServer.ts";

type Route = Parameters<typeof pathTo>[0];

export interface Reply<Body> {
  status: number;
  headers: Answer["headers"];
  body: Body;
}

export class Device {
  token: string | undefined;
  readonly #server: TestServer;
  readonly #origin: string | undefined;
  /** An address of its own, so that the devices of a test do not share a network's limits. */
  readonly address: string;

  constructor(server: TestServer, { origin, token, address = freshAddress() }: DeviceFields = {}) {
    this.#server = server;
    this.#origin = origin;
    this.token = token;
    this.address = address;
  }

  /** With an identity. */
  static async fresh(server: TestServer, fields: DeviceFields = {}): Promise<Device> {
    const device = new Device(server, fields);
    device.token = (await device.post<{ token: string }>(ROUTE.identity)).body.token;
    return device;
  }

  get guest(): Guest {
    const { token, address } = this;
    return new Guest(this.#server, { token, address, ...(this.#origin && { origin: this.#origin }) });
  }

  async post<Body = { error: string }>(route: Route, body?: unknown): Promise<Reply<Body>> {
    const answer = await this.guest.post(pathTo(route), body);
    return { ...answer, body: JSON.parse(answer.body) as Body };
  }

  async get<Body = { error: string }>(route: Route): Promise<Reply<Body>> {
    const headers = { ...this.guest.headers, ...(this.token && { authorization: `Bearer ${this.token}` }) };
    const answer = await ask(this.#server, pathTo(route), { headers });
    return { ...answer, body: JSON.parse(answer.body) as Body };
  }

  /** Any request, to a path with its parameters filled in. The body is undefined in an answer without one. */
  async ask<Body = { error: string }>(method: string, path: string, body?: unknown): Promise<Reply<Body>> {
    const headers = {
      ...this.guest.headers,
      ...(this.token && { authorization: `Bearer ${this.token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
    };
    const asking = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const answer = await ask(this.#server, path, asking);
    return { ...answer, body: (answer.body ? JSON.parse(answer.body) : undefined) as Body };
  }

  me = async (): Promise<Me> => (await this.get<Me>(ROUTE.me)).body;

  /** Makes an account; throws if the server refuses. */
  async name(name: string): Promise<void> {
    const { status, body } = await this.post(ROUTE.accountName, { name });
    if (status !== 200) throw new Error(`no account: ${status} ${body.error}`);
  }

  /** Posts, and shows the new identity from then on if there is one. */
  async change(route: Route, body: unknown): Promise<Reply<SignedIn & { error: string }>> {
    const reply = await this.post<SignedIn & { error: string }>(route, body);
    if (reply.status === 200) this.token = reply.body.token;
    return reply;
  }
}

interface DeviceFields {
  origin?: string;
  token?: string;
  address?: string;
}
