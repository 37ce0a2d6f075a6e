/** Which runs there are, and in which order: interleaved, so that what the machine does meanwhile meets all alike. */
import type { Options } from "./options.ts";
import type { Scenario } from "./scenario.ts";
import type { ServerName } from "./servers/names.ts";

export interface Planned {
  readonly round: number;
  readonly server: ServerName;
  readonly scenario: Scenario;
}

/**
 * Round by round, size by size, all servers in a row; each round begins with another server. The seed is the round's
 * own, and the same for all servers in it.
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
