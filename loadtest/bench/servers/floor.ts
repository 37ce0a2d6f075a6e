/** The floor: `ws` and nothing else. What a patient programmer would write for this game and no other. */
import { once } from "node:events";
import { type WebSocket, WebSocketServer } from "ws";
import { COMMAND_BYTES, packJoined, packLeft, readCommand } from "#loadtest/bench/floorWire.ts";
import { playerCalled, RATES, type Scenario, sidePx } from "#loadtest/bench/scenario.ts";
import { type Body, Field } from "./field.ts";
import { FloorPatches } from "./floorPatch.ts";
import { steadily } from "./steadily.ts";

/** Who does not read is sent no more until it has. */
const QUEUED_MAX_BYTES = 64 * 1024;

export async function startFloor(scenario: Scenario): Promise<number> {
  const field = new Field(scenario);
  const patches = new FloorPatches(sidePx(scenario), scenario.players);
  const players = new Map<WebSocket, { body: Body; name: string }>();
  const server = new WebSocketServer({
    host: "127.0.0.1",
    port: 0,
    perMessageDeflate: false,
    maxPayload: 64,
  });

  const join = (socket: WebSocket, name: string) => {
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
  };

  server.on("connection", (socket) => {
    socket.once("message", (name: Buffer) => {
      join(socket, name.toString());
      const body = players.get(socket)?.body;
      socket.on("message", (bytes: Buffer) => {
        if (bytes.length === COMMAND_BYTES) body?.queue.push(readCommand(bytes));
      });
    });
  });

  steadily(RATES.ticksPerSec, () => field.step());
  steadily(RATES.patchesPerSec, () => {
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
