/** The thread that draws share images: an image takes 60 ms, and its library draws on the thread that calls it. */
import { setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { addLoaded } from "#server/arenas.ts";
import type { Brush } from "./brush.ts";
import type { Card, CardReport, CardRequest } from "./cards.ts";
import { paintMatch } from "./matchCard.ts";
import { paintProfile } from "./profileCard.ts";
import { paintArena, paintRoom, paintSite } from "./roomCard.ts";

const port = parentPort;
if (!port) throw new Error("cardWorker.ts runs as a worker thread");

/** Lower than that of the threads that tick. Linux alone has priorities of threads; elsewhere it would be the process's. */
const PRIORITY = 10;
if (process.platform === "linux") setPriority(PRIORITY);

port.on("message", ({ id, card, brought }: CardRequest) => {
  if (brought) addLoaded(brought);
  const report = (message: CardReport) => port.postMessage(message);
  try {
    report({ id, png: paint(card) });
  } catch (failure) {
    report({ id, failure });
  }
});

const paint = (card: Card): Uint8Array => brushOf(card).canvas.toBuffer("image/png");

function brushOf(card: Card): Brush {
  switch (card.is) {
    case "profile":
      return paintProfile(card.profile);
    case "match":
      return paintMatch(card.match);
    case "room":
      return paintRoom(card.room);
    case "arena":
      return paintArena(card.arena);
    case "site":
      return paintSite(card.arena);
  }
}
