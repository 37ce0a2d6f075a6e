/** socket.io as its examples show it: JSON, and every client gets the whole state of its room. */
import { once } from "node:events";
import { createServer } from "node:http";
import { Server } from "socket.io";
import { roomSizeOf, type Scenario } from "#loadtest/bench/scenarios/scenario.ts";
import { playerCalled, RATES } from "#loadtest/bench/scenarios/script.ts";
import type { Command } from "#shared/schema/input.ts";
import type { Field } from "./field/field.ts";
import type { Fight } from "./fight/fight.ts";
import type { Fought } from "./fight/fightWatch.ts";
import { atFixedRate } from "./fixedRate.ts";
import { Rooms } from "./roomWorld.ts";
import { openWorld } from "./world.ts";

interface Up {
  join(name: string): void;
  command(command: Command): void;
}

type Shown = Readonly<Record<string, unknown>>;

interface Down {
  state(state: {
    readonly tick: number;
    readonly players: Shown;
    readonly shots?: Shown;
    readonly items?: Shown;
  }): void;
}

/** Resolves with the port on loopback. */
export async function startSocketIo(scenario: Scenario, fought: Fought): Promise<number> {
  const rooms = new Rooms(roomSizeOf(scenario), (number) => ({
    name: `room ${number}`,
    world: openWorld(scenario, number, fought),
  }));
  const http = createServer();
  const io = new Server<Up, Down>(http, { transports: ["websocket"], serveClient: false });

  io.on("connection", (socket) => {
    socket.once("join", (name) => {
      const { name: room, world } = rooms.next();
      const { queue } = world.add(playerCalled(name), socket.id);
      socket.join(room);
      socket.on("command", (command) => queue.push(command));
      socket.on("disconnect", () => world.remove(socket.id));
    });
  });

  atFixedRate(RATES.ticksPerSec, () => {
    for (const { world } of rooms.all) world.step();
  });
  atFixedRate(RATES.patchesPerSec, () => {
    for (const { name, world } of rooms.all) io.to(name).emit("state", stateOf(world));
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  if (typeof address !== "object" || !address) throw new Error("socket.io has no port");
  return address.port;
}

/** Players come first: a light client looks for its own id from the start. */
const stateOf = (world: Field | Fight): Parameters<Down["state"]>[0] =>
  world.kind === "field" ? fieldState(world) : fightState(world);

function fieldState({ tick, bodies }: Field) {
  const players: Record<string, unknown> = {};
  for (const { id, x, y, aim } of bodies) players[id] = { x, y, aim: rounded(aim) };
  return { tick, players };
}

function fightState({ world: { state } }: Fight) {
  const players: Record<string, unknown> = {};
  const shots: Record<string, unknown> = {};
  const items: Record<string, unknown> = {};
  for (const [id, { x, y, aim, hp, shield, score }] of state.drones.entries()) {
    players[id] = { x, y, aim: rounded(aim), hp, shield, score };
  }
  for (const [id, { x, y, aim, weapon, owner }] of state.projectiles.entries()) {
    shots[id] = { x, y, aim: rounded(aim), weapon, owner };
  }
  for (const [id, { x, y, kind }] of state.pickups.entries()) items[id] = { x, y, kind };
  return { tick: state.tick, players, shots, items };
}

/** Only angles are rounded, as a developer who minds bytes would: positions on the wire's grid are short in JSON. */
const rounded = (aim: number): number => Math.round(aim * 1000) / 1000;
