/** The floor: `ws` and nothing else, as a patient programmer would write a server for this game alone. */
import { once } from "node:events";
import { type WebSocket, WebSocketServer } from "ws";
import { type FieldScenario, sidePx } from "#loadtest/bench/scenarios/field.ts";
import type { FightScenario } from "#loadtest/bench/scenarios/fight.ts";
import { roomSizeOf, type Scenario } from "#loadtest/bench/scenarios/scenario.ts";
import { playerCalled, RATES } from "#loadtest/bench/scenarios/script.ts";
import { FIGHT_COMMAND_BYTES, readFightCommand } from "#loadtest/bench/wires/floorFightWire.ts";
import { COMMAND_BYTES, packJoined, packLeft, readCommand } from "#loadtest/bench/wires/floorWire.ts";
import type { Command } from "#shared/schema/input.ts";
import type { CommandQueue } from "./commandQueue.ts";
import { Field } from "./field/field.ts";
import { FloorPatches } from "./field/floorPatch.ts";
import { Fight } from "./fight/fight.ts";
import type { Fought } from "./fight/fightWatch.ts";
import { FightPatches } from "./fight/floorPatch.ts";
import { atFixedRate } from "./fixedRate.ts";
import { Rooms } from "./roomWorld.ts";

/** A client with more than this unsent gets no patch until it has caught up. */
const QUEUED_MAX_BYTES = 64 * 1024;

/** What a player of a room is to the socket's part of the server. */
interface Player {
  /** By which frames name it. */
  readonly id: number;
  readonly name: string;
  readonly queue: CommandQueue;
  patch(): Buffer;
}

interface Room {
  readonly players: Map<WebSocket, Player>;
  add(name: string): Player;
  remove(player: Player): void;
  step(): void;
  /** Call it before the players' `patch`. */
  read(): void;
  /** A client has missed a patch. */
  missed(): void;
}

interface CommandWire {
  readonly bytes: number;
  read(bytes: Buffer): Command;
}

/** Resolves with the port on loopback. */
export async function startFloor(scenario: Scenario, fought: Fought): Promise<number> {
  const rooms = new Rooms(roomSizeOf(scenario), (number) =>
    scenario.kind === "field" ? fieldRoom(scenario) : fightRoom(scenario, number, fought),
  );
  const wire: CommandWire =
    scenario.kind === "field"
      ? { bytes: COMMAND_BYTES, read: readCommand }
      : { bytes: FIGHT_COMMAND_BYTES, read: readFightCommand };
  const server = new WebSocketServer({
    host: "127.0.0.1",
    port: 0,
    perMessageDeflate: false,
    maxPayload: 64,
  });
  server.on("connection", (socket) => {
    socket.once("message", (name: Buffer) => {
      const { queue } = join(rooms.next(), socket, name.toString());
      socket.on("message", (bytes: Buffer) => {
        if (bytes.length === wire.bytes) queue.push(wire.read(bytes));
      });
    });
  });
  atFixedRate(RATES.ticksPerSec, () => {
    for (const room of rooms.all) room.step();
  });
  atFixedRate(RATES.patchesPerSec, () => {
    for (const room of rooms.all) sendPatches(room);
  });
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("the floor has no port");
  return address.port;
}

function sendPatches(room: Room): void {
  room.read();
  for (const [socket, player] of room.players) {
    if (socket.bufferedAmount < QUEUED_MAX_BYTES) socket.send(player.patch());
    else room.missed();
  }
}

/** Announces the new player to all others and all others to it, then the player to itself. */
function join(room: Room, socket: WebSocket, name: string): Player {
  const player = room.add(name);
  for (const [other, known] of room.players) {
    socket.send(packJoined(known.id, known.name));
    other.send(packJoined(player.id, name));
  }
  room.players.set(socket, player);
  socket.send(packJoined(player.id, name));
  socket.once("close", () => {
    room.players.delete(socket);
    room.remove(player);
    for (const other of room.players.keys()) other.send(packLeft(player.id));
  });
  return player;
}

function fieldRoom(scenario: FieldScenario): Room {
  const field = new Field(scenario);
  const patches = new FloorPatches(sidePx(scenario), scenario.players);
  return {
    players: new Map(),
    add(name) {
      const body = field.add(playerCalled(name));
      return { id: body.player, name, queue: body.queue, patch: () => patches.patchFor(body) };
    },
    remove: ({ id }) => field.remove(String(id)),
    step: () => field.step(),
    read: () => patches.read(field.bodies, field.tick),
    missed() {},
  };
}

function fightRoom(scenario: FightScenario, number: number, fought: Fought): Room {
  const fight = new Fight(scenario, scenario.seed + number, fought);
  const patches = new FightPatches(fight, scenario.roomSize);
  let seats = 0;
  return {
    players: new Map(),
    add(name) {
      const id = seats++;
      const fighter = fight.add(playerCalled(name), String(id));
      patches.startOver();
      return { id, name, queue: fighter.queue, patch: () => patches.patchFor(fighter) };
    },
    remove: ({ id }) => fight.remove(String(id)),
    step: () => patches.stepped(fight.step()),
    read: () => patches.read(),
    missed: () => patches.startOver(),
  };
}
