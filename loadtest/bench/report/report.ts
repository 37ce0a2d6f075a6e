/** What a bench leaves behind: everything that the tables, the page and the file for machines are made of. */

import { meanInView } from "#loadtest/bench/meanInView.ts";
import type { Options } from "#loadtest/bench/options.ts";
import { type Cell, cellOf, type Run } from "#loadtest/bench/results.ts";
import { type Scenario, sidePx } from "#loadtest/bench/scenario.ts";
import { judge, type Verdict } from "#loadtest/bench/targets.ts";
import type { Machine } from "#loadtest/lib/machine.ts";

export interface Report {
  /** ISO. */
  readonly date: string;
  /** What was typed. */
  readonly command: string;
  readonly options: Options;
  readonly machine: Machine;
  readonly verdicts: readonly Verdict[];
  readonly sizes: readonly Size[];
  /** What whoever reads the figures must know before believing them. */
  readonly warnings: readonly string[];
  readonly runs: readonly Run[];
}

export interface Size {
  readonly players: number;
  readonly sidePx: number;
  readonly inView: number;
  /** In the order of the servers. */
  readonly cells: readonly Cell[];
}

/** Cores; more than this, and the machine was not the bench's own. */
const MOST_OTHERS_CPU = 0.15;
const LEAST_ROUNDS = 3;
const LEAST_SECONDS = 5;

export function reportOf(
  runs: readonly Run[],
  options: Options,
  { date, command, machine }: Pick<Report, "date" | "command" | "machine">,
): Report {
  const sizes = options.players.map((players) => {
    const scenario: Scenario = { seed: options.seed, players, spread: options.spread };
    return {
      players,
      sidePx: sidePx(scenario),
      inView: meanInView(scenario),
      cells: options.servers.map((server) => cellOf(runs, server, players)),
    };
  });
  const warnings = warningsOf(runs, options, machine);
  return { date, command, options, machine, verdicts: judge(runs), sizes, warnings, runs };
}

function warningsOf(
  runs: readonly Run[],
  { rounds, seconds, profile }: Options,
  { cores }: Machine,
): string[] {
  const disturbed = runs.filter(({ othersCpu }) => othersCpu > MOST_OTHERS_CPU);
  const worst = Math.max(0, ...disturbed.map(({ othersCpu }) => othersCpu));
  return [
    profile ? "The servers wrote profiles of themselves, which takes time: no measurement." : "",
    cores < 2 ? "The machine has one core: server and clients took turns on it." : "",
    rounds < LEAST_ROUNDS || seconds < LEAST_SECONDS
      ? `Rounds: ${rounds}, of ${seconds} s: a try, no measurement.`
      : "",
    disturbed.length > 0
      ? `Others used the machine during ${disturbed.length} of ${runs.length} runs, up to ${worst.toFixed(1)} of ${cores} cores: times are not to be relied on.`
      : "",
  ].filter(Boolean);
}
