/** Does a room of twenty full bots keep its rates, and do dropped clients come back in time? */
import { type LoadOptions, readLoadOptions } from "#loadtest/load/options.ts";
import { makeReport } from "#loadtest/load/report/makeReport.ts";
import { runLoadTest } from "#loadtest/load/run.ts";
import type { Probe } from "./lab.ts";

const FIGHT =
  "--clients 20 --duration 10 --ramp 2 --max-tick-p99 500 --min-tick-rate 10 --max-errors 0 --max-join-p95 20000";
const STORM = "--scenario storm --clients 4 --duration 4 --ramp 0";
const RETURN_MAX_MS = 10_000;

export const load: Probe = {
  claim: "twenty full bots in one room for 10 s; a storm of drops among four",
  bound:
    "tick p99 ≤ 500 ms, over 10 ticks and commands and 5 patches a second, join p95 ≤ 20 s, back within 10 s",
  async run() {
    const fight = await reportOf(FIGHT);
    const storm = await reportOf(STORM);
    const { serverFigures: server, commands, down, joins, ack, rows, verdicts } = fight;
    const { count: returned, max: returnMs } = storm.returns;
    return {
      measured:
        `tick p99 ${server?.tick?.p99.toFixed(1)} ms, ${server?.tickRate.toFixed(1)} ticks, ` +
        `${commands.perPlayerSec.toFixed(1)} commands and ${down.patchesPerClientSec.toFixed(1)} patches a second, ` +
        `join p95 ${joins.p95.toFixed(0)} ms, ${returned} returns within ${(returnMs / 1000).toFixed(1)} s`,
      holds: joins.count === 20 && returned === 12,
      isInTime:
        verdicts.length === 4 &&
        verdicts.every(({ holds }) => holds) &&
        (server?.ticksDue ?? 0) > 200 &&
        (server?.tick?.count ?? 0) > 100 &&
        commands.perPlayerSec > 10 &&
        down.patchesPerClientSec > 5 &&
        ack.count > 500 &&
        rows.length > 5 &&
        returnMs < RETURN_MAX_MS,
    };
  },
};

async function reportOf(line: string) {
  const options = readLoadOptions(line.split(" ")) as LoadOptions;
  const found = await runLoadTest(options, new AbortController().signal);
  return makeReport(options, found, `npm run loadtest -- ${line}`);
}
