/**
 * A bot file for @colyseus/loadtest, which shows its screen:
 * node loadtest/load/tui.ts --room arena --numClients 50 --endpoint ws://127.0.0.1:2567
 */
import "./bots/nodeSockets.ts";
import { cli, type Options } from "@colyseus/loadtest";
import { Bot, type Ground } from "./bots/bot.ts";
import { createMaps } from "./bots/maps.ts";
import { Tally } from "./bots/tally.ts";

const FRAME_MS = 16;
const bots = new Map<number, Bot>();
const tally = new Tally();
let ground: Ground | undefined;

setInterval(() => {
  for (const bot of bots.values()) bot.frame(performance.now());
}, FRAME_MS);

cli(async ({ endpoint, roomId, clientId }: Options) => {
  const way = roomId ? ({ kind: "room", roomId } as const) : ({ kind: "quick" } as const);
  ground ??= groundAt(endpoint.replace(/^ws/, "http"));
  const spec = { number: clientId + 1, way, light: false, spectates: false };
  bots.set(spec.number, await Bot.enter(spec, ground));
});

function groundAt(endpoint: string): Ground {
  const token = process.env.BOT_TOKEN ?? "";
  return {
    setup: { endpoint, token, seed: 1, skill: "normal", network: "none" },
    tally,
    arenaOf: createMaps(endpoint),
    report(news, bot) {
      if (news === "gone") bots.delete(bot);
    },
  };
}
