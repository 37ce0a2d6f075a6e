/** `npm run balance -- --file MAP.tmj`: the editor's trial of an arena, from the command line. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { setImmediate } from "node:timers/promises";
import { OptionError } from "#loadtest/lib/cli/options.ts";
import { percent } from "#loadtest/lib/text.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { parseArena } from "#shared/arena/parseArena.ts";
import { median, sum } from "#shared/figures/stats.ts";
import type { ModeName } from "#shared/schema/names.ts";
import type { Cell } from "#shared/trial/cells.ts";
import { wilson } from "#shared/trial/certainty.ts";
import { judgeTrial } from "#shared/trial/judge.ts";
import { matchesOf, planTrial, playTrialMatch } from "#shared/trial/plan.ts";
import { mergeTrials, noTrial, type Trial, WEAPON_NAMES } from "#shared/trial/trial.ts";
import { lightOf, type Verdict } from "#shared/trial/verdict.ts";
import { sentencesOf, type ValueWriter, VERDICT_WORDS } from "#shared/trial/verdictWords.ts";
import type { Options } from "./options.ts";

/** The trial of one mode. */
export interface TriedMode {
  readonly mode: ModeName;
  readonly bots: number;
  readonly trial: Trial;
  readonly verdicts: readonly Verdict[];
}

/** Throws OptionError when the file is no map that can be played. */
export function readArenaFile(file: string): Arena {
  try {
    return parseArena(JSON.parse(readFileSync(file, "utf8")), basename(file, ".tmj"));
  } catch (error) {
    throw new OptionError(`--file ${file}: ${(error as Error).message}`);
  }
}

type TrialOptions = Pick<Options, "mode" | "matches" | "seed" | "skill" | "players">;

/** Tries the mode that is asked for, or all modes of the arena. Ends early, with what was played, when `stop` is aborted. */
export async function tryArena(
  arena: Arena,
  { mode: only, matches, seed, skill, players }: TrialOptions,
  stop: AbortSignal,
): Promise<TriedMode[]> {
  const tried: TriedMode[] = [];
  for (const mode of arena.modes.filter((each) => !only || each === only)) {
    const plan = planTrial(arena, mode, skill);
    const bots = players ?? plan.bots;
    const played: Trial[] = [];
    for (const match of matchesOf({ ...plan, matches, seed, bots })) {
      // Yields to the event loop, or no signal would be handled before the end.
      await setImmediate();
      if (stop.aborted) break;
      played.push(playTrialMatch(arena, match));
    }
    if (played.length === 0) break;
    const trial = mergeTrials(noTrial(arena), played);
    tried.push({ mode, bots, trial, verdicts: judgeTrial({ arena, mode, trial }) });
  }
  return tried;
}

const WRITER: ValueWriter = {
  side: (side) => `Side ${"AB"[side]}`,
  kind: (kind) => kind,
  weapon: (weapon) => weapon,
  share: percent,
  count: String,
  decimal: (value) => value.toFixed(1),
};

export const verdictSentences = (verdict: Verdict) => sentencesOf(verdict, VERDICT_WORDS, WRITER);

const LIGHT_WORDS = { fair: "fair", uneven: "uneven", needsWork: "needs work" } as const;
const MARKS = { warn: "≈", bad: "✗" } as const;

/** The mode's light, figures and verdicts, a line each. */
export function trialText({ mode, bots, trial, verdicts }: TriedMode): string {
  return [
    `${mode}: ${LIGHT_WORDS[lightOf(verdicts)]}. ${trial.matches} matches of ${bots} bots`,
    ...figureLines(trial).map((line) => `  ${line}`),
    ...verdicts.flatMap((verdict) => {
      const { found, advice } = verdictSentences(verdict);
      const where = verdict.places.length > 0 ? ` (${placesText(verdict.places)})` : "";
      return [`  ${MARKS[verdict.severity]} ${found}${where}`, `    ${advice}`];
    }),
  ].join("\n");
}

function figureLines({ wins, draws, killsByWeapon, contactSec, heat, spawns }: Trial): string[] {
  const of = sum(wins);
  const { share, from, to } = wilson(wins[0], of);
  const kills = Math.max(1, sum(Object.values(killsByWeapon)));
  const lives = Math.max(1, sum(spawns.map((point) => point.spawns)));
  const weapons = WEAPON_NAMES.map((weapon) => `${weapon} ${percent(killsByWeapon[weapon] / kills)}`);
  const sides = `Side A wins ${percent(share)} of ${of} (${percent(from)} to ${percent(to)}), ${draws} drawn`;
  return [
    ...(of + draws > 0 ? [sides] : []),
    `kills: ${weapons.join(", ")}`,
    `first contact ${median(contactSec).toFixed(1)} s, destroyed at spawn ${percent(sum(heat.spawnDeaths) / lives)}, ` +
      `stuck ${sum(heat.stuck)}`,
  ];
}

const PLACES_SHOWN = 6;

/** Writes places as errors name tiles: column,row. */
function placesText(places: readonly Cell[]): string {
  const shown = places.slice(0, PLACES_SHOWN).map(({ column, row }) => `${column},${row}`);
  const more = places.length - shown.length;
  return `tile ${shown.join("; ")}${more > 0 ? ` and ${more} more` : ""}`;
}
