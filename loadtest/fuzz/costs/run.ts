/** `npm run fuzz -- --costs`: measures every kind of input on a server of its own, and judges it. */
import { setTimeout as wait } from "node:timers/promises";
import { buildPage } from "#loadtest/lib/server/buildPage.ts";
import { frameKinds, UNIT } from "./frameKinds.ts";
import { measureKinds } from "./meter.ts";
import { requestKinds } from "./requestKinds.ts";
import { costTable, judge, type Row, unitOf } from "./table.ts";
import { World } from "./world.ts";

const WARM_UPS = 1;
const IDLE_MS = 150;

/** Builds the page if it must, as `npm start` does. Prints the table by `say`; returns the rows that are over a bound. */
export async function measureCosts(rounds: number, say: (line: string) => void): Promise<Row[]> {
  buildPage();
  const world = await World.open();
  try {
    const kinds = [...frameKinds(world), ...requestKinds(world)];
    const measured = await measureKinds(
      kinds,
      {
        read: () => world.read(),
        idle: () => wait(IDLE_MS),
        onRound: (round) => say(`round ${round + 1} of ${WARM_UPS + rounds}, ${kinds.length} kinds of input`),
      },
      { rounds, warmUps: WARM_UPS },
    );
    const unit = unitOf(measured, UNIT);
    const rows = judge(measured, unit);
    say(`\n${costTable(rows, unit)}`);
    return rows.filter(({ over }) => over.length > 0);
  } finally {
    await world.close();
  }
}
