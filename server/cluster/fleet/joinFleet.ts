/** Makes this machine one of many, if the configuration says so. */
import type { LocalDirectory } from "#server/admission/directory.ts";
import { refusal } from "#server/admission/roomQuestions.ts";
import type { MachineRooms } from "#server/cluster/machineRooms.ts";
import type { ServerConfig } from "#server/config.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { type Fleet, openFleet } from "./fleet.ts";

/**
 * With REDIS_URL alone, limits are shared and rooms are not: nobody could reach them from another machine. `isClosing`:
 * whether this machine is about to stop, and other machines lead nobody here. `rooms`: undefined until they are open.
 */
export function joinFleet(
  { redisUrl, publicAddress, maxClients }: ServerConfig,
  local: LocalDirectory,
  isClosing: () => boolean,
  rooms: () => MachineRooms | undefined,
): Fleet | undefined {
  if (!redisUrl || !publicAddress) return undefined;
  return openFleet({
    ...{ redisUrl, address: publicAddress, local, isClosing },
    askLocal: async (...asked) => rooms()?.ask(...asked) ?? NOT_OPEN,
    load: () => rooms()?.load ?? 0,
    isFull: () => local.clients >= maxClients,
    freePlaceIn: async (room, by) => rooms()?.freeOnePlace([room], by),
  });
}

const NOT_OPEN = refusal(REFUSAL.restarting, "The server is starting.", 1);
