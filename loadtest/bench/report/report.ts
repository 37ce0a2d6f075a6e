/** The bench's report: the data behind the tables, the page and the JSON file. */
import { FIGURE_NAMES, FIGURES, type FigureName } from "#loadtest/bench/figures.ts";
import type { Options } from "#loadtest/bench/options.ts";
import { scenarioOf } from "#loadtest/bench/plan.ts";
import { type Cell, cellOf, type Run } from "#loadtest/bench/results.ts";
import { sidePx } from "#loadtest/bench/scenarios/field.ts";
import { roomsIn, type Scenario } from "#loadtest/bench/scenarios/scenario.ts";
import { meanInView } from "#loadtest/bench/servers/meanInView.ts";
import { PROXIED } from "#loadtest/bench/servers/names.ts";
import { judge, type Verdict } from "#loadtest/bench/targets.ts";
import type { Machine } from "#loadtest/lib/machine.ts";

export interface Report {
  /** When the bench began, ISO 8601. */
  readonly date: string;
  /** The command line. */
  readonly command: string;
  readonly options: Options;
  readonly kind: Scenario["kind"];
  /** The rows of the tables. */
  readonly names: readonly FigureName[];
  readonly machine: Machine;
  readonly verdicts: readonly Verdict[];
  readonly sizes: readonly Size[];
  /** Reasons to distrust the figures. */
  readonly warnings: readonly string[];
  readonly runs: readonly Run[];
}

export interface Size {
  readonly players: number;
  /** Where they play: the field's size, or the number of rooms. */
  readonly place: string;
  /** Drones in an average view. */
  readonly inView: number;
  /** In the order of options.servers. */
  readonly cells: readonly Cell[];
}

/** In cores: above this, other processes disturbed the bench. */
const MOST_OTHERS_CPU = 0.15;
const LEAST_ROUNDS = 3;
const LEAST_SECONDS = 5;

export function reportOf(
  runs: readonly Run[],
  options: Options,
  { date, command, machine }: Pick<Report, "date" | "command" | "machine">,
): Report {
  const sizes = options.players.map((players) => {
    const scenario = scenarioOf(options, players);
    return {
      players,
      place: placeOf(scenario),
      inView: meanInView(scenario),
      cells: options.servers.map((server) => cellOf(runs, server, players)),
    };
  });
  const kind = options.roomsOf === undefined ? "field" : "fight";
  const names = namesShown(kind, options);
  const warnings = warningsOf(runs, options, machine);
  return { date, command, options, kind, names, machine, verdicts: judge(runs), sizes, warnings, runs };
}

const placeOf = (scenario: Scenario): string =>
  scenario.kind === "field"
    ? `a field of ${Math.round(sidePx(scenario))} px`
    : `${roomsIn(scenario)} rooms of ${scenario.roomSize}`;

function namesShown(kind: Scenario["kind"], { servers }: Options): FigureName[] {
  const isProxied = servers.some((server) => PROXIED[server]);
  return FIGURE_NAMES.filter((name) => {
    const { only } = FIGURES[name];
    return only === undefined || only === kind || (only === "proxied" && isProxied);
  });
}

function warningsOf(
  runs: readonly Run[],
  { rounds, seconds, profile }: Options,
  { cores }: Machine,
): string[] {
  const disturbed = runs.filter(({ othersCpu }) => othersCpu > MOST_OTHERS_CPU);
  const worst = Math.max(0, ...disturbed.map(({ othersCpu }) => othersCpu));
  return [
    profile ? "The servers wrote CPU profiles of themselves, which takes time: this is no measurement." : "",
    cores < 2 ? "The machine has one core, which the server and its clients shared." : "",
    rounds < LEAST_ROUNDS || seconds < LEAST_SECONDS
      ? `Rounds: ${rounds}, of ${seconds} s each: too short for a measurement.`
      : "",
    disturbed.length > 0
      ? `Other processes used up to ${worst.toFixed(1)} of ${cores} cores during ${disturbed.length} of ${runs.length} runs: do not rely on the times.`
      : "",
  ].filter(Boolean);
}
