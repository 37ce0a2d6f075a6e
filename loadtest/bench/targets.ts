/** The targets for Fracas that this bench can judge, and whether the figures reach them. */
import type { Spread } from "./figures.ts";
import { cellOf, growthOf, type Run, ratiosOf } from "./results.ts";
import { RATES } from "./scenarios/script.ts";
import { FLOOR, UNRECORDED } from "./servers/names.ts";

export interface Verdict {
  readonly what: string;
  readonly wanted: string;
  readonly found: string;
  /** Undefined if it was not measured. */
  readonly ok: boolean | undefined;
}

/** The size that the targets for one room name. */
const SIZE = 200;
const GROWTH = [50, 400] as const;
const MOST_CPU_RATIO = 1.3;
const MOST_CPU_TO_TUTORIAL = 1;
const MOST_BYTES_RATIO = 1.2;
const MOST_GROWTH = 1.3;
const MOST_RSS_KB = 0.35 * 1024;
const PATCHES_PER_SEC_WITHIN = 0.1;
/** Recording is compared with the same server without it, in rooms of RECORDED_ROOM players. */
const RECORDED_ROOM = 16;
const MOST_RECORDING_CPU_RATIO = 1.03;
const MOST_REPLAY_KB = 1000;
const REPLAY_SEC = 300;

/** The runs are all of one scenario. */
export function judge(runs: readonly Run[]): Verdict[] {
  const [first] = runs;
  return first?.scenario.kind === "fight" ? judgeFights(runs, first.scenario.roomSize) : judgeField(runs);
}

function judgeField(runs: readonly Run[]): Verdict[] {
  const { figures, ratios } = cellOf(runs, "fracas", SIZE);
  return [
    atMost(`CPU a player against the floor, ${SIZE} players`, MOST_CPU_RATIO, "×", ratios?.cpuUs),
    atMost(
      `CPU a player against Colyseus as its tutorial, ${SIZE} players`,
      MOST_CPU_TO_TUTORIAL,
      "×",
      ratiosOf(runs, "fracas", "colyseus", SIZE)?.cpuUs,
    ),
    atMost(`bytes a player against the floor, ${SIZE} players`, MOST_BYTES_RATIO, "×", ratios?.bytes),
    growthVerdict(runs),
    atMost(`RSS a player, ${SIZE} players`, MOST_RSS_KB, " kB", figures?.rssKb),
    patchesVerdict(`patches a second, ${SIZE} players`, figures?.patchesPerSec),
  ];
}

function judgeFights(runs: readonly Run[], roomSize: number): Verdict[] {
  const sizes = [...new Set(runs.map(({ scenario }) => scenario.players))];
  return sizes.flatMap((players) => {
    const { figures, ratios } = cellOf(runs, "fracas", players);
    const where = `${players} players in rooms of ${roomSize}`;
    return [
      atMost(`CPU a player against the floor, ${where}`, MOST_CPU_RATIO, "×", ratios?.cpuUs),
      atMost(`RSS a player, ${where}`, MOST_RSS_KB, " kB", figures?.rssKb),
      patchesVerdict(`patches a second, ${where}`, figures?.patchesPerSec),
      ...(roomSize === RECORDED_ROOM ? judgeRecording(runs, players, where, figures?.recordedBytes) : []),
    ];
  });
}

function judgeRecording(
  runs: readonly Run[],
  players: number,
  where: string,
  bytes: Spread | undefined,
): Verdict[] {
  const toKb = (bytesPerSec: number) => (bytesPerSec * RECORDED_ROOM * REPLAY_SEC) / 1000;
  const kb = bytes && { median: toKb(bytes.median), least: toKb(bytes.least), most: toKb(bytes.most) };
  const cpu = ratiosOf(runs, "fracas", UNRECORDED, players)?.cpuUs;
  return [
    atMost(`CPU a player against recording nothing, ${where}`, MOST_RECORDING_CPU_RATIO, "×", cpu),
    atMost(`a replay of five minutes, ${where}`, MOST_REPLAY_KB, " kB", kb),
  ];
}

function growthVerdict(runs: readonly Run[]): Verdict {
  const what = `CPU a player at ${GROWTH[1]} against ${GROWTH[0]} players${equalDensity(runs)}`;
  const own = atMost(what, MOST_GROWTH, "×", growthOf(runs, "fracas", "cpuUs", GROWTH));
  const floor = growthOf(runs, FLOOR, "cpuUs", GROWTH);
  return floor ? { ...own, found: `${own.found} (the floor: ${floor.median.toFixed(2)}×)` } : own;
}

/** The target holds for equal density. Otherwise more drones are in view, and the figure means something else. */
const equalDensity = (runs: readonly Run[]): string =>
  runs.every(({ scenario }) => scenario.kind === "field" && scenario.spread === "equal")
    ? ", equal density"
    : " (not at equal density: more are in view)";

function atMost(what: string, most: number, unit: "×" | " kB", found: Spread | undefined): Verdict {
  const text = (value: number) => `${unit === "×" ? value.toFixed(2) : value.toFixed(0)}${unit}`;
  return verdict(what, `≤ ${text(most)}`, found && text(found.median), found && found.median <= most);
}

function patchesVerdict(what: string, found: Spread | undefined): Verdict {
  const wanted = `${RATES.patchesPerSec.toFixed(1)} ± ${PATCHES_PER_SEC_WITHIN}`;
  const off = found && Math.abs(found.median - RATES.patchesPerSec);
  return verdict(
    what,
    wanted,
    found?.median.toFixed(2),
    off === undefined ? off : off <= PATCHES_PER_SEC_WITHIN,
  );
}

const verdict = (
  what: string,
  wanted: string,
  found: string | undefined,
  ok: boolean | undefined,
): Verdict => ({
  what,
  wanted,
  found: found ?? "not measured",
  ok,
});

const MARKS = { true: "✓", false: "✗", undefined: "–" } as const;
export const markOf = ({ ok }: Verdict): string => MARKS[`${ok}`];
