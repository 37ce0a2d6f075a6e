/** Plans the runs and their order: interleaved, so that a disturbance of the machine hits all servers alike. */
import type { Options } from "./options.ts";
import type { Scenario } from "./scenario.ts";
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
export function planOf({ players, rounds, servers, seed, spread }: Options): Planned[] {
  return Array.from({ length: rounds }, (_, round) =>
    players.flatMap((size) =>
      servers.map((_server, index) => ({
        round,
        server: servers[(index + round) % servers.length] as ServerName,
        scenario: { seed: seed + round, players: size, spread },
      })),
    ),
  ).flat();
}
