/** The part of the configuration that a room process needs, as the front hands it over in the environment. */
import type { ServerConfig } from "#server/config.ts";
import { PROCESS_NAME } from "#server/log.ts";

export type RoomRules = Pick<
  ServerConfig,
  | "matchSeconds"
  | "roomPlayers"
  | "roomMap"
  | "scoreLimit"
  | "logLevel"
  | "publicAddress"
  | "dataDir"
  | "replaysMaxMb"
>;

const RULES = "FRACAS_ROOM_RULES";

/** Names of variables that only the front may know. */
const SECRET = /SECRET|TOKEN|PASSWORD|_URL$/;

/** `name`: of the process in log lines. */
export function environmentOf(name: string, rules: RoomRules): Record<string, string> {
  const { matchSeconds, roomPlayers, roomMap, scoreLimit, logLevel, publicAddress, dataDir, replaysMaxMb } =
    rules;
  const inherited = Object.entries(process.env).filter(([key]) => !SECRET.test(key)) as [string, string][];
  return {
    ...Object.fromEntries(inherited),
    [PROCESS_NAME]: name,
    [RULES]: JSON.stringify({
      matchSeconds,
      roomPlayers,
      roomMap,
      scoreLimit,
      logLevel,
      publicAddress,
      dataDir,
      replaysMaxMb,
    }),
  };
}

export const readRules = (): RoomRules => JSON.parse(process.env[RULES] ?? "{}");
