/** Draws share images, PNGs of 1200×630, on a thread that exists only while images are asked for. */
import { Worker } from "node:worker_threads";
import type { OfferedMap } from "#server/arenas.ts";
import { arenas } from "#server/services/arenas/arenas.ts";
import { isBrought } from "#shared/arena/limits.ts";
import type { StoredMatch } from "#shared/protocol/progress.ts";
import type { Profile } from "./profileCard.ts";
import type { ShownArena, ShownRoom } from "./roomCard.ts";

/** What an image shows. */
export type Card =
  | { is: "profile"; profile: Profile }
  | { is: "match"; match: StoredMatch }
  | { is: "room"; room: ShownRoom }
  | { is: "arena"; arena: ShownArena }
  /** The page itself, with the plan of an arena. */
  | { is: "site"; arena: string };

/** Main thread → worker, and back. */
export interface CardRequest {
  id: number;
  card: Card;
  /** The arena of the image, if somebody has brought it. */
  brought?: OfferedMap | undefined;
}
export type CardReport = { id: number; png: Uint8Array } | { id: number; failure: unknown };

/** Too many images wait to be drawn. */
export class CardsBusyError extends Error {}
/** This machine lacks the library that draws, or an image broke it. */
export class CardsFailedError extends Error {}

export interface Cards {
  /** Throws CardsBusyError or CardsFailedError. */
  paint(card: Card): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** More requests are refused: 16 images take about a second. */
const WAITING_MAX = 16;
/** An image that takes longer ends the thread. */
const PAINT_WITHIN_MS = 10_000;
/** The thread, its library and its fonts take about 100 MB. */
const IDLE_MS = 60_000;

interface Waiting {
  resolve(png: Uint8Array): void;
  reject(error: Error): void;
}

interface Painter {
  worker: Worker;
  waiting: Map<number, Waiting>;
  /** Ends the thread when it is late, or idle. */
  timer: NodeJS.Timeout;
}

export function createCards(): Cards {
  let painter: Painter | undefined;
  let lastId = 0;

  const start = (): Painter => {
    const worker = new Worker(new URL("./cardWorker.ts", import.meta.url));
    const started: Painter = { worker, waiting: new Map(), timer: setTimeout(() => {}, 0) };
    const end = (error: Error) => {
      if (painter === started) painter = undefined;
      clearTimeout(started.timer);
      for (const { reject } of started.waiting.values()) reject(error);
      started.waiting.clear();
    };
    worker.on("message", (report: CardReport) => {
      const found = started.waiting.get(report.id);
      started.waiting.delete(report.id);
      if ("png" in report) found?.resolve(report.png);
      else found?.reject(new CardsFailedError("an image could not be drawn", { cause: report.failure }));
      endLater(started);
    });
    worker.once("error", (cause) => end(new CardsFailedError("an image could not be drawn", { cause })));
    worker.once("exit", () => end(new CardsFailedError("the thread that draws images has ended")));
    worker.unref();
    return started;
  };

  const draw = (card: Card, brought?: OfferedMap): Promise<Uint8Array> => {
    painter ??= start();
    const { worker, waiting } = painter;
    if (waiting.size >= WAITING_MAX) return Promise.reject(new CardsBusyError("too many images wait"));
    const request: CardRequest = { id: ++lastId, card, brought };
    const painted = new Promise<Uint8Array>((resolve, reject) =>
      waiting.set(request.id, { resolve, reject }),
    );
    worker.postMessage(request);
    endLater(painter);
    return painted;
  };

  return {
    paint(card) {
      const name = arenaIn(card) ?? "";
      if (!isBrought(name)) return draw(card);
      // The image is drawn even if the plan cannot be had.
      const found = arenas()
        .find(name)
        .catch(() => undefined);
      return found.then((brought) => draw(card, brought));
    },
    async close() {
      await painter?.worker.terminate();
    },
  };
}

function arenaIn(card: Card): string | undefined {
  switch (card.is) {
    case "profile":
      return card.profile.arenas[0]?.arena;
    case "match":
      return card.match.arena;
    case "room":
      return card.room.map;
    case "arena":
      return card.arena.map;
    case "site":
      return card.arena;
  }
}

/** Ends the thread unless something is drawn, or asked for, in time. */
function endLater(painter: Painter): void {
  clearTimeout(painter.timer);
  const afterMs = painter.waiting.size > 0 ? PAINT_WITHIN_MS : IDLE_MS;
  painter.timer = setTimeout(() => void painter.worker.terminate(), afterMs).unref();
}
