/** socket.io as its examples show it: JSON, and everybody is told of everybody. */
import { once } from "node:events";
import { createServer } from "node:http";
import { Server } from "socket.io";
import { playerCalled, RATES, type Scenario } from "#loadtest/bench/scenario.ts";
import type { Command } from "#shared/schema/input.ts";
import { type Body, Field } from "./field.ts";
import { steadily } from "./steadily.ts";

interface Shown {
  x: number;
  y: number;
  aim: number;
}

interface Up {
  join(name: string): void;
  command(command: Command): void;
}

interface Down {
  state(state: { tick: number; players: Record<string, Shown> }): void;
}

export async function startSocketIo(scenario: Scenario): Promise<number> {
  const field = new Field(scenario);
  const bodies = new Map<string, Body>();
  const http = createServer();
  const io = new Server<Up, Down>(http, { transports: ["websocket"], serveClient: false });

  io.on("connection", (socket) => {
    socket.on("join", (name) => bodies.set(socket.id, field.add(playerCalled(name))));
    socket.on("command", (command) => bodies.get(socket.id)?.queue.push(command));
    socket.on("disconnect", () => {
      const body = bodies.get(socket.id);
      bodies.delete(socket.id);
      if (body) field.remove(body);
    });
  });

  steadily(RATES.ticksPerSec, () => field.step());
  steadily(RATES.patchesPerSec, () => {
    const players: Record<string, Shown> = {};
    // Whoever counts bytes in JSON rounds at least this one: a position on the wire's grid is short by itself.
    for (const [id, { x, y, aim }] of bodies) players[id] = { x, y, aim: Math.round(aim * 1000) / 1000 };
    io.emit("state", { tick: field.tick, players });
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  if (typeof address !== "object" || !address) throw new Error("socket.io has no port");
  return address.port;
}
