/** socket.io as its examples show it: JSON, and every client gets every player. */
import { once } from "node:events";
import { createServer } from "node:http";
import { Server } from "socket.io";
import { playerCalled, RATES, type Scenario } from "#loadtest/bench/scenario.ts";
import type { Command } from "#shared/schema/input.ts";
import { type Body, Field } from "./field.ts";
import { atFixedRate } from "./fixedRate.ts";

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

/** Resolves with the port on loopback. */
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

  atFixedRate(RATES.ticksPerSec, () => field.step());
  atFixedRate(RATES.patchesPerSec, () => {
    const players: Record<string, Shown> = {};
    // Only the aim is rounded, as a developer who minds bytes would: positions on the wire's grid are short in JSON.
    for (const [id, { x, y, aim }] of bodies) players[id] = { x, y, aim: Math.round(aim * 1000) / 1000 };
    io.emit("state", { tick: field.tick, players });
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  if (typeof address !== "object" || !address) throw new Error("socket.io has no port");
  return address.port;
}
