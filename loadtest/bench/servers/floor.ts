/** The floor: `ws` and nothing else, as a patient programmer would write a server for this game alone. */
import { once } from "node:events";
import { type WebSocket, WebSocketServer } from "ws";
import { COMMAND_BYTES, packJoined, packLeft, readCommand } from "#loadtest/bench/floorWire.ts";
import { playerCalled, RATES, type Scenario, sidePx } from "#loadtest/bench/scenario.ts";
import { type Body, Field } from "./field.ts";
import { atFixedRate } from "./fixedRate.ts";
import { FloorPatches } from "./floorPatch.ts";

/** A client with more than this unsent gets no patch until it has caught up. */
const QUEUED_MAX_BYTES = 64 * 1024;

interface Player {
  readonly body: Body;
  readonly name: string;
}

/** Resolves with the port on loopback. */
export async function startFloor(scenario: Scenario): Promise<number> {
  const field = new Field(scenario);
  const patches = new FloorPatches(sidePx(scenario), scenario.players);
  const players = new Map<WebSocket, Player>();
  const server = new WebSocketServer({
    host: "127.0.0.1",
    port: 0,
    perMessageDeflate: false,
    maxPayload: 64,
  });
  server.on("connection", (socket) => {
    socket.once("message", (name: Buffer) => {
      const body = join(field, players, socket, name.toString());
      socket.on("message", (bytes: Buffer) => {
        if (bytes.length === COMMAND_BYTES) body.queue.push(readCommand(bytes));
      });
    });
  });
  atFixedRate(RATES.ticksPerSec, () => field.step());
  atFixedRate(RATES.patchesPerSec, () => {
    patches.read(field.bodies, field.tick);
    for (const [socket, { body }] of players) {
      if (socket.bufferedAmount < QUEUED_MAX_BYTES) socket.send(patches.patchFor(body));
    }
  });
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("the floor has no port");
  return address.port;
}

/** Announces the new player to all others and all others to it, then the player to itself. */
function join(field: Field, players: Map<WebSocket, Player>, socket: WebSocket, name: string): Body {
  const body = field.add(playerCalled(name));
  for (const [other, known] of players) {
    socket.send(packJoined(known.body.player, known.name));
    other.send(packJoined(body.player, name));
  }
  players.set(socket, { body, name });
  socket.send(packJoined(body.player, name));
  socket.once("close", () => {
    players.delete(socket);
    field.remove(body);
    for (const other of players.keys()) other.send(packLeft(body.player));
  });
  return body;
}
