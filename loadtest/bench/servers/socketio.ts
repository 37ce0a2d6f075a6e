/** socket.io as its examples show it: JSON, and every client gets the whole state of its room. */
import { once } from "node:events";
import { createServer } from "node:http";
import { Server } from "socket.io";
import { roomSizeOf, type Scenario } from "#loadtest/bench/scenarios/scenario.ts";
import { playerCalled, RATES } from "#loadtest/bench/scenarios/script.ts";
import type { Command } from "#shared/schema/input.ts";
import type { Fought } from "./fight/fightWatch.ts";
import { atFixedRate } from "./fixedRate.ts";
import { type JsonState, jsonStateOf } from "./jsonState.ts";
import { Rooms } from "./roomWorld.ts";
import { openWorld } from "./world.ts";

interface Up {
  join(name: string): void;
  command(command: Command): void;
}

interface Down {
  state(state: JsonState): void;
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
    for (const { name, world } of rooms.all) io.to(name).emit("state", jsonStateOf(world));
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  if (typeof address !== "object" || !address) throw new Error("socket.io has no port");
  return address.port;
}
