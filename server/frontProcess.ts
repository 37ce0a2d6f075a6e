/**
 * The entry of a front process: it has the port and the store, its room processes have the rooms. The primary forks it, and
 * orders it to take over from the front of the generation before, or to give way to the next (cluster/generations/primary.ts).
 */
import cluster from "node:cluster";
import type { Server } from "node:http";
import { availableParallelism } from "node:os";
import { setTimeout as after } from "node:timers/promises";
import type { App, Prepared } from "./app.ts";
import { FRONT, type Order, type Report } from "./cluster/generations/generationMessages.ts";
import { holdConnections } from "./cluster/generations/heldConnections.ts";
import { RelayLink } from "./cluster/generations/relayLink.ts";
import { behaveAsForked } from "./cluster/processes/forked.ts";
import { parseConfig, type ServerConfig } from "./config.ts";
import { CLOSE_WITHIN_MS, drain } from "./drain.ts";
import { placeOf } from "./listening.ts";
import { flushLog, log } from "./log.ts";
import { describeListenError, urlOf, warnOfOpenOrigins } from "./starting.ts";

/** After the last room has ended, messages to clients and the successor have this long to leave. */
const LINGER_MS = 300;

behaveAsForked("the front failed: it ends, and another one starts");

const generation = Number(process.env[FRONT.generation]);
// Created first: the link keeps what the predecessor sends from now on.
const predecessor = process.env[FRONT.hasPredecessor] ? new RelayLink(process) : undefined;
const config = await attempt(async () => parseConfig(process.env));
// Imported after the environment is parsed, because the app reads its maps on import.
const { createApp, prepareApp } = await attempt(() => import("./app.ts"));
const prepared = await attempt(() => prepareApp(config, predecessor));
const { http, open } = prepared;
const answer = holdConnections(http);
let app: App | undefined;
let isEnding = false;

process.on("message", ({ order }: Partial<Order>) => {
  if (order) void obey(order);
});
// Node would exit at once, and results on their way to the store would be lost.
cluster.worker?.once("disconnect", () => {
  Object.assign(cluster.worker ?? {}, { exitedAfterDisconnect: true });
  log.error("the primary has ended: the front closes its rooms, and ends");
  void end(closeAll);
});
report({ report: "prepared" });

async function obey(order: Order["order"]): Promise<void> {
  switch (order) {
    case "hold":
      await attempt(() => listen(http, config));
      return report({ report: "held" });
    case "open":
      return takeOver(prepared);
    case "yield":
      await giveWay();
      return report({ report: "yielded" });
    case "drain":
      return end(async () => (app ? drain(app, config.drainSeconds) : false));
    case "lost":
      // The links hear it themselves.
      return;
  }
}

function listen(server: Server, { port, host }: ServerConfig): Promise<void> {
  const place = placeOf({ port, host }, process.env);
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new Error(describeListenError(error, port, host))));
    server.listen(place, resolve);
  });
}

/** The store is free, and this front has the port. */
async function takeOver(all: Prepared): Promise<void> {
  const opened = await attempt(() => createApp(config, all));
  app = opened;
  // Its rooms must be known before anybody asks for them.
  open.generations?.predecessor?.open();
  await open.restore();
  answer();
  for (const former of open.generations?.processes ?? []) former.depart(config.drainSeconds * 1000);
  warnOfOpenOrigins(config);
  const cores = Math.min(config.processes, availableParallelism());
  const counts = `${config.processes} room processes on ${cores} ${cores === 1 ? "core" : "cores"}`;
  const isNew = generation > 1 ? `, generation ${generation}` : "";
  log.info(`Fracas is open: ${urlOf(http)} (${counts}${isNew})`);
  // Set last, so that even a quiet server logs its address, or why it could not start.
  log.level = config.logLevel;
  const address = http.address();
  report({ report: "opened", port: typeof address === "object" && address ? address.port : config.port });
}

/** Makes this front a room process of its successor. Another successor may follow if the first has failed. */
async function giveWay(): Promise<void> {
  const isFirst = !open.generations?.hasSuccessor;
  open.yieldTo(new RelayLink(process), () => void end(closeRooms));
  if (!isFirst) return;
  await app?.yield();
  open.local.onChange(endWithLastRoom);
  endWithLastRoom();
}

function endWithLastRoom(): void {
  if (open.local.own.size > 0) return;
  setTimeout(() => {
    if (open.local.own.size === 0) void end(closeRooms);
  }, LINGER_MS);
}

/** A hung room must not keep a front that nobody can stop any more. */
async function closeAll(): Promise<boolean> {
  const late = after(CLOSE_WITHIN_MS, false);
  const closed = app ? app.close() : open.close();
  return Promise.race([closed.then(() => true), late]);
}

async function closeRooms(): Promise<boolean> {
  await open.close();
  await open.generations?.flush(LINGER_MS);
  return true;
}

/** Exits when `close` resolves: to false if something hung. */
async function end(close: () => Promise<boolean>): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  const isClean = await close().catch((error: unknown) => {
    log.fatal({ err: error }, "closing failed: exiting at once");
    return false;
  });
  await flushLog();
  process.exit(isClean ? 0 : 1);
}

/** Tells the primary why this front cannot start, and exits. */
async function attempt<Value>(step: () => Promise<Value>): Promise<Value> {
  try {
    return await step();
  } catch (error) {
    report({ report: "failed", reason: (error as Error).message });
    await flushLog();
    process.exit(1);
  }
}

function report(what: Report): void {
  process.send?.(what);
}
