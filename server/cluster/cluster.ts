/** Composes a machine's room processes: they fill the directory, and the rooms of one that dies open in the others. */
import type { LocalDirectory } from "#server/admission/directory.ts";
import { progress } from "#server/services/progress.ts";
import { leastLoaded } from "./machineRooms.ts";
import { Revival } from "./revival.ts";
import { RoomProcesses } from "./roomProcesses.ts";
import type { RoomRules } from "./roomRules.ts";

/** Resolves when the processes are up. `snapshot`: called with each snapshot of a room, as JSON. */
export async function startRoomProcesses(
  { processes: count, ...rules }: RoomRules & { processes: number },
  directory: LocalDirectory,
  snapshot?: (code: string, json: string) => void,
): Promise<RoomProcesses> {
  const revival = new Revival(() => leastLoaded(processes.all));
  const processes = new RoomProcesses({
    count,
    rules,
    reports: {
      put: (row) => directory.put(row),
      remove: (code, processId) => directory.remove(code, processId),
      keep: (result, tell) => progress().keep(result, tell),
      ...(snapshot && { snapshot }),
    },
    onDied: (death) => void revival.open(death),
  });
  directory.settled = (code) => revival.settled(code);
  await processes.ready();
  return processes;
}
