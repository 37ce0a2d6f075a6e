/** People in hosted rooms, each with an identity and an address, and the notices and events that they receive. */
import { Client } from "@colyseus/sdk";
import type { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import type { HostAction } from "#shared/protocol/host.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import type { EventMessage, Notice, PlaceMessage } from "#shared/protocol/messages.ts";
import { MESSAGE, ROOM } from "#shared/protocol/names.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { BUTTON, CommandInput } from "#shared/schema/input.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { Guest, type GuestFields } from "./asking.ts";
import { type ArenaClient, type TestServer, until } from "./bootServer.ts";

/** For bootServer: trusts X-Forwarded-For from this machine, so that each guest has an address of its own. */
export const BEHIND_PROXY = { trustedProxies: ["127.0.0.1"], production: true };

/** A guest with a new identity. */
export async function somebody(server: TestServer, fields: GuestFields = {}): Promise<Guest> {
  const { body } = await new Guest(server, fields).post(ROUTE.identity);
  return new Guest(server, { ...fields, token: JSON.parse(body).token });
}

/** A guest's seat in a room. */
export class Person {
  readonly guest: Guest;
  readonly room: ArenaClient;
  readonly notices: Notice[] = [];
  readonly events: EventMessage[] = [];
  /** The close code, once the connection has ended. */
  code: number | undefined;

  constructor(guest: Guest, room: ArenaClient) {
    this.guest = guest;
    this.room = room;
    // Tests decide themselves when a person reconnects.
    room.reconnection.enabled = false;
    room.onMessage(MESSAGE.notice, (notice: Notice) => void this.notices.push(notice));
    room.onMessage(MESSAGE.event, (message: EventMessage) => void this.events.push(message));
    room.onMessage("*", () => {});
    room.onLeave((code) => {
      this.code = code;
    });
  }

  get id(): string {
    return this.room.sessionId;
  }

  get state(): ArenaState {
    return this.room.state;
  }

  host(action: HostAction): Promise<Answer> {
    return this.room.request(MESSAGE.host, action);
  }

  place(wish: PlaceMessage): Promise<Answer> {
    return this.room.request(MESSAGE.place, wish);
  }

  /** The notices of this type received so far. */
  told<Type extends Notice["type"]>(type: Type): Extract<Notice, { type: Type }>[] {
    return this.notices.filter((notice) => notice.type === type) as Extract<Notice, { type: Type }>[];
  }

  /** Sends this many commands to drive and fire. */
  steer(times = 10): void {
    const input = this.room.input({ type: CommandInput });
    Object.assign(input.data, { moveX: 127, moveY: 0, buttons: BUTTON.fire });
    for (let i = 0; i < times; i++) input.send();
  }
}

const clientOf = (server: TestServer, guest: Guest): Client => {
  const client = new Client(server.url, { headers: guest.headers });
  client.http.authToken = guest.token;
  return client;
};

/** "early": a spectator who sees everything late waits for the first state. */
type When = "early" | "settled";

async function settled(guest: Guest, room: ArenaClient, when: When = "settled"): Promise<Person> {
  const person = new Person(guest, room);
  if (when === "settled") await until("the first state", () => person.state?.roster?.has(person.id) === true);
  return person;
}

/** Creates a hosted room and enters it. */
export async function openRoom(server: TestServer, options: object = {}, by?: Guest): Promise<Person> {
  const guest = by ?? (await somebody(server));
  const asked = { name: "Host", private: true, ...options };
  return settled(guest, await clientOf(server, guest).create<ArenaState>(ROOM.arena, asked));
}

/** Joins a room by its code. Rejects with the server's refusal. */
export async function enterRoom(
  server: TestServer,
  code: string,
  options: object = {},
  by?: Guest,
  when?: When,
): Promise<Person> {
  const guest = by ?? (await somebody(server));
  return settled(guest, await clientOf(server, guest).joinById<ArenaState>(code, options), when);
}

/** Reconnects to the person's kept seat. */
export async function returnTo(server: TestServer, { guest, room }: Person, when?: When): Promise<Person> {
  const returned = await clientOf(server, guest).reconnect<ArenaState>(room.reconnectionToken);
  return settled(guest, returned, when);
}

/** Lets another person into the room of `host`, and adds them to `here`. */
export async function letIn(
  server: TestServer,
  here: Person[],
  host: Person,
  options: object,
): Promise<Person> {
  const person = await enterRoom(server, host.room.roomId, options);
  here.push(person);
  return person;
}

/** Opens a hosted room without bots, lets people in, and adds them to `here`. The first of the names hosts it. */
export async function gatherIn<const Names extends readonly [string, ...string[]]>(
  server: TestServer,
  here: Person[],
  names: Names,
  settings: object = {},
): Promise<{ [Place in keyof Names]: Person }> {
  const [first, ...others] = names;
  const host = await openRoom(server, {
    name: first,
    settings: RoomSettings.parse({ bots: 0, ...settings }),
  });
  here.push(host);
  for (const name of others) await letIn(server, here, host, { name });
  return here.slice(-names.length) as { [Place in keyof Names]: Person };
}

/** Lets everybody leave who is still connected, and empties the list. Nobody else goes on to reconnect. */
export async function leaveAll(people: Person[]): Promise<void> {
  const all = people.splice(0);
  for (const { room } of all) room.reconnection.enabled = false;
  const open = all.filter(({ room }) => room.connection.isOpen);
  await Promise.all(open.map(({ room }) => room.leave()));
}

/** Answers to actions and messages. */
export const OK = { ok: true };
export const refused = (reason: string) => ({ ok: false, reason });

/** Advances the room's clock by `ms` at once: timers that become due run with its next tick. */
export function passTime(room: ArenaRoom, ms: number): void {
  const { now } = room.clock as unknown as { now(): number };
  Object.assign(room.clock, { now: () => now() + ms });
}
