/** What /metrics tells of a front and its room processes, so that an operator sees what is lost or never given back. */
import type { LocalDirectory } from "#server/admission/directory.ts";
import { countUp, exposeGauge } from "#server/services/metrics.ts";
import { lastLoad } from "./load.ts";
import type { ChildHost } from "./remoteProcess.ts";
import { revivals } from "./revival.ts";

/** `hosts`: the room processes that are up. */
export function exposeFrontGauges(hosts: () => readonly ChildHost[], directory: LocalDirectory): void {
  const sum = (read: (host: ChildHost) => number) => () =>
    hosts().reduce((total, host) => total + read(host), 0);
  exposeGauge("fracas_processes", "Room processes that are up.", () => hosts().length);
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

/** Of a room process. `rooms` and `clients`: that it has now. */
export function exposeProcessGauges(rooms: () => number, clients: () => number): void {
  exposeGauge(
    "fracas_process_load",
    "Share of the last seconds that the process spent in ticks and patches, 0 to 1.",
    lastLoad,
  );
  exposeGauge("fracas_process_rooms", "Open rooms of the process.", rooms);
  exposeGauge("fracas_process_clients", "Connected clients of the process.", clients);
}
