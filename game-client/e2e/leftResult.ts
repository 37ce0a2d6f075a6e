/** Leaves finished matches for a server to count, so that tests need not play them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Member {
  name: string;
  identity: string;
}

/**
 * Leaves a finished match where the server finds it at its next start, as after a crash. `order`: the best first.
 * `change`: of each player's line. Returns the match's id.
 */
export function leaveResult(
  dataDir: string,
  number: number,
  order: readonly Member[],
  change: object = {},
): string {
  const startedAt = Date.now() - 3_600_000 + number * 1000;
  const time = startedAt.toString(16).padStart(12, "0");
  const id = `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(number).padStart(12, "0")}`;
  const players = order.map(({ name, identity }, index) => ({
    ...{ identity, name, isBot: false, network: index, team: index, place: index + 1 },
    ...{ score: 20 - index, kills: 20 - index, deaths: 9, assists: 1, damage: 900, flags: 0, hillSec: 0 },
    ...{ longestStreak: 4, medals: index === 0 ? ["kills"] : [], playedSec: 300, left: null },
    weapons: { blaster: { shots: 100, hits: 40, kills: 20 - index, damage: 900 } },
    ...change,
  }));
  const result = {
    ...{ id, protocol: 1, arena: "foundry", mode: "deathmatch", isHosted: false, how: "scoreLimit" },
    ...{
      rules: { timeLimitSec: 300, scoreLimit: 20, friendlyFire: false },
      startedAt,
      endedAt: startedAt + 300_000,
    },
    ...{ teamScores: null, players },
  };
  mkdirSync(join(dataDir, "outbox"), { recursive: true });
  writeFileSync(join(dataDir, "outbox", `${id}.json`), JSON.stringify(result));
  return id;
}
