/** Players of the bench's kind (clients/swarm.ts) in a process of their own, on a server that runs already. */
import type { FromClients, ToClients } from "#loadtest/bench/clients/main.ts";
import type { Count } from "#loadtest/bench/clients/swarm.ts";
import { Child } from "#loadtest/bench/measure/childProcess.ts";
import type { FightScenario } from "#loadtest/bench/scenarios/fight.ts";
import { RATES } from "#loadtest/bench/scenarios/script.ts";

const CLIENTS = new URL("../clients/main.ts", import.meta.url);
const ANSWER_MS = 20_000;
const JOIN_MS_PER_PLAYER = 500;
/** Outside these bounds the server does less work than it was asked for. */
const LEAST_PATCHES_HELD = 0.95;
const MOST_CPU = 0.95;

export interface LightPlayers {
  /** Counts from now on. */
  reset(): Promise<void>;
  count(): Promise<Count>;
  close(): Promise<void>;
}

/** Resolves when all players are in and send commands. */
export async function lightPlayersOn(port: number, scenario: FightScenario): Promise<LightPlayers> {
  const child = new Child<FromClients>(CLIENTS);
  const order = async (order: ToClients, withinMs = ANSWER_MS) => {
    const answer = await child.ask(order, withinMs);
    if ("failed" in answer) throw new Error(answer.failed);
    return answer;
  };
  try {
    await order(
      { do: "join", server: "fracas", port, scenario },
      ANSWER_MS + scenario.players * JOIN_MS_PER_PLAYER,
    );
    await order({ do: "start" });
  } catch (error) {
    await child.close();
    throw error;
  }
  return {
    reset: async () => void (await order({ do: "reset" })),
    async count() {
      const answer = await order({ do: "count" });
      if (!("count" in answer)) throw new Error("the clients did not count");
      return answer.count;
    },
    close: () => child.close(),
  };
}

/** Why the figures of a run do not count; undefined if they do. */
export function faultOf(players: number, { patches, seconds, open, cpuShare }: Count): string | undefined {
  const held = patches / (players * seconds * RATES.patchesPerSec);
  if (open < players) return `${players - open} players lost their connection`;
  if (held < LEAST_PATCHES_HELD) return `only ${(100 * held).toFixed(1)} % of the patches arrived`;
  if (cpuShare > MOST_CPU) return `the clients needed ${(100 * cpuShare).toFixed(0)} % of a core`;
  return undefined;
}

/** Settings under which no match ends, with as many places as a scenario needs. */
export const fightEnvironment = ({ players, roomSize }: FightScenario): Record<string, string> => ({
  ROOM_PLAYERS: String(roomSize),
  MATCH_SECONDS: "3600",
  SCORE_LIMIT: "10000",
  MAX_CLIENTS: String(players + SPARE_PLACES),
  MAX_ROOMS: String(players),
});

const SPARE_PLACES = 200;
