/**
 * The entry of a room process: it has rooms, and obeys the front that forked it. It listens on no port, opens no database,
 * and ends with the front.
 */
import { matchMaker } from "@colyseus/core";
import { refusal } from "#server/admission/roomQuestions.ts";
import { arenaRooms, type Game, startGame } from "#server/cluster/game.ts";
import { assertColyseusInternals } from "#server/colyseus/internals.ts";
import type { RowReports } from "#server/colyseus/rowReports.ts";
import { schemaFingerprint } from "#server/colyseus/schemaFingerprint.ts";
import { flushLog, log } from "#server/log.ts";
import { answerProcess, answerRoom } from "#server/rooms/answers.ts";
import { provideArenas } from "#server/services/arenas/arenas.ts";
import { keepIncidents } from "#server/services/incidents/incidentFiles.ts";
import { registry } from "#server/services/metrics.ts";
import { provideProgress } from "#server/services/progress.ts";
import { recordTo, replaysWritten } from "#server/services/replays/replays.ts";
import { Outbox } from "#server/services/results/outbox.ts";
import { outboxFolder } from "#server/store/places.ts";
import { MatchResult } from "#server/store/results/matchResult.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import { Channel } from "./channel.ts";
import { Departure } from "./departure.ts";
import { behaveAsForked } from "./forked.ts";
import { exposeProcessGauges, exposeRoomGauges } from "./gauges.ts";
import { takeSocket } from "./handOver.ts";
import { BEAT_MS, LoadMeter } from "./load.ts";
import type { Asked, OneWay } from "./messages.ts";
import { RemoteArenas } from "./remoteArenas.ts";
import { RemoteProgress } from "./remoteProgress.ts";
import { readRules } from "./roomRules.ts";
import { Snapshots } from "./snapshots.ts";

/** The front kills a process that has not ended soon after. */
const CLOSE_WITHIN_MS = 2_500;
const FLUSH_WITHIN_MS = 500;
/** While this many messages wait for the front, snapshots do too. */
const UNSENT_MAX = 64;

behaveAsForked("a room process failed: it ends, and its rooms open in another one");

let game: Game | undefined;
let isEnding = false;
const rules = readRules();
await assertColyseusInternals();
const channel: Channel = new Channel(process, { answer, take, gone: () => void frontGone() });
const progress = new RemoteProgress(channel);
const arenas = new RemoteArenas(channel);
const snapshots = new Snapshots({
  put: (code, json) => channel.tell({ is: "snapshot", code, json }),
  get isBehind() {
    return channel.unsent > UNSENT_MAX;
  },
  hostedOnly: false,
});
const departure = new Departure(channel);
const meter = new LoadMeter();
provideProgress(progress);
provideArenas(arenas);
recordTo(rules);
keepIncidents(rules);
const reports: RowReports = {
  put: (row) => channel.tell({ is: "row", row }),
  remove(code) {
    snapshots.forget(code);
    channel.tell({ is: "gone", code });
  },
};
game = await startGame(arenaRooms(rules), reports, rules.publicAddress);
exposeRoomGauges();
exposeProcessGauges();
channel.tell({
  is: "hello",
  pid: process.pid,
  processId: matchMaker.processId,
  protocol: PROTOCOL_VERSION,
  schema: schemaFingerprint(),
});
beat();
setInterval(beat, BEAT_MS);
log.level = rules.logLevel;
// The front was gone before the channel could tell.
if (!process.connected) void frontGone();

/** Tells the front that this process lives, and its load. */
function beat(): void {
  const { roomCount: rooms, ccu: clients } = matchMaker.stats.local;
  const memoryBytes = process.memoryUsage.rss();
  channel.tell({ is: "beat", load: meter.sample(performance.now()), rooms, clients, memoryBytes });
}

async function answer(asked: Asked) {
  switch (asked.of) {
    case "room":
      return answerRoom(asked.roomId, asked.name, asked.question);
    case "process":
      // Sent at once, before the room can hang this process.
      if (asked.name === "open") channel.tell({ is: "opening", code: asked.question.code });
      return answerProcess(asked.name, asked.question);
    case "metrics":
      return { ok: true, value: await registry.getMetricsAsJSON() } as const;
    case "move":
    case "arena":
      return refusal(404, "Only a front answers this.");
  }
}

function take(message: OneWay, socket: Parameters<typeof takeSocket>[1]): void {
  switch (message.is) {
    case "socket":
      takeSocket(
        message,
        socket,
        (connection) => game?.upgrade(connection),
        () => channel.tell({ is: "closed", number: message.number }),
      );
      break;
    case "news":
      progress.news(message);
      break;
    case "arenas":
      void arenas.follow(message.changes);
      break;
    case "depart":
      departure.within(message.inMs);
      break;
    case "stop":
      void end();
  }
}

/** The process ends in time even if the disk hangs. */
async function frontGone(): Promise<void> {
  await end(progress.writeRecent(new Outbox(outboxFolder(rules.dataDir), MatchResult)));
}

/** Closes the rooms with a code on which their players come back, and waits for `last`. */
async function end(last?: Promise<void>): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  setTimeout(() => process.exit(1), CLOSE_WITHIN_MS);
  await Promise.all([last, game?.close()]);
  await replaysWritten();
  await channel.flush(FLUSH_WITHIN_MS);
  await flushLog();
  process.exit(0);
}
