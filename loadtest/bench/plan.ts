/** Plans the runs and their order: interleaved, so that a disturbance of the machine hits all servers alike. */
import type { Options } from "./options.ts";
import type { Scenario } from "./scenarios/scenario.ts";
import type { ServerName } from "./servers/names.ts";

export interface Planned {
  readonly round: number;
  readonly server: ServerName;
  readonly scenario: Scenario;
}

/**
 * Round by round and size by size, all servers in a row. Each round begins with another server and has a seed of its
 * own, the same for all servers.
 */
export function planOf(options: Options): Planned[] {
  const { players, rounds, servers } = options;
  return Array.from({ length: rounds }, (_, round) =>
    players.flatMap((size) =>
      servers.map((_server, index) => ({
        round,
        server: servers[(index + round) % servers.length] as ServerName,
        scenario: scenarioOf(options, size, round),
      })),
    ),
  ).flat();
}

/** Returns what this number of players does in this round. */
export function scenarioOf({ seed, spread, roomsOf }: Options, players: number, round = 0): Scenario {
  const common = { seed: seed + round, players };
  return roomsOf === undefined
    ? { kind: "field", ...common, spread }
    : { kind: "fight", ...common, roomSize: roomsOf };
}
