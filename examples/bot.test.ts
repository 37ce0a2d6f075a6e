import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { bootServer, until } from "#server/testing/bootServer.ts";

const BOT = fileURLToPath(new URL("bot.ts", import.meta.url));

test("[EXAMPLE-1] the example bot joins with the stock SDK, drives and shoots", {
  timeout: 120_000,
}, async () => {
  const server = await bootServer();
  const watcher = await server.join({ name: "Watcher" });
  const { state } = server.roomOf(watcher);
  const bot = spawn(process.execPath, [BOT, server.url], { stdio: "ignore" });
  try {
    const idOfBot = () => [...state.roster.keys()].find((id) => state.roster.get(id)?.name === "Example bot");
    await until("the bot has a seat", () => idOfBot() !== undefined, 30_000);
    const id = idOfBot() ?? "";
    const begin = { x: state.drones.get(id)?.x, y: state.drones.get(id)?.y };
    const hasMoved = () => state.drones.get(id)?.x !== begin.x || state.drones.get(id)?.y !== begin.y;
    const hasShot = () => [...state.projectiles.values()].some(({ owner }) => owner === id);
    await until("its drone has moved", hasMoved, 30_000);
    await until("its drone has fired", hasShot, 60_000);
    expect(state.roster.get(id)?.bot).toBe(false);
  } finally {
    bot.kill();
    await server.close();
  }
});
