/** Gauges of a front and its room processes: load, losses, and counts that must return to zero. */
import { matchMaker } from "@colyseus/core";
import type { LocalDirectory } from "#server/admission/directory.ts";
import { queuedBytes } from "#server/edge/guardedSocket.ts";
import { countUp, exposeGauge } from "#server/services/metrics.ts";
import { lastLoad } from "./load.ts";
import type { RemoteProcess } from "./remoteProcess.ts";
import { revivals } from "./revival.ts";

/** `processes`: the room processes that are up. */
export function exposeFrontGauges(
  processes: () => readonly RemoteProcess[],
  directory: LocalDirectory,
): void {
  const sum = (read: (each: RemoteProcess) => number) => () =>
    processes().reduce((total, each) => total + read(each), 0);
  exposeGauge("fracas_directory_rooms", "Rooms that the directory knows.", () => directory.own.size);
  exposeGauge(
    "fracas_sockets_handed_over",
    "Connections that the front has given to room processes, and that have not closed.",
    sum(({ socketCount }) => socketCount),
  );
  exposeGauge(
    "fracas_questions_waiting",
    "Questions of the front that room processes have not answered yet.",
    sum(({ waitingCount }) => waitingCount),
  );
  exposeGauge(
    "fracas_snapshots_kept",
    "Snapshots of rooms that the front keeps.",
    sum(({ snapshotCount }) => snapshotCount),
  );
}

countUp(
  "fracas_rooms_restored_total",
  "Rooms that were opened again after their process had died.",
  () => revivals.opened,
);
countUp(
  "fracas_rooms_lost_total",
  "Rooms that were not opened again after their process had died.",
  () => revivals.lost,
);
const roomCount = () => matchMaker.stats.local.roomCount;
const clientCount = () => matchMaker.stats.local.ccu;

/** Exposes the gauges of any process with rooms; the front sums them. */
export function exposeRoomGauges(): void {
  exposeGauge("fracas_rooms", "Open rooms.", roomCount);
  exposeGauge("fracas_clients", "Connected clients.", clientCount);
  exposeGauge(
    "fracas_queued_bytes",
    "Bytes that the server has sent and the network has not taken.",
    queuedBytes,
  );
}

/** Exposes the gauges of a room process; each process has a series of its own. */
export function exposeProcessGauges(): void {
  exposeGauge(
    "fracas_process_load",
    "Share of the last seconds that the process spent in ticks and patches, 0 to 1.",
    lastLoad,
  );
  exposeGauge("fracas_process_rooms", "Open rooms of the process.", roomCount);
  exposeGauge("fracas_process_clients", "Connected clients of the process.", clientCount);
}
