/** What `npm run balance` is told. */
import { parseArgs } from "node:util";
import { z } from "zod";
import { SKILL_NAMES, type SkillName } from "#shared/brain/skill.ts";
import { MODE_NAMES, type ModeName } from "#shared/modes/modes.ts";
import { type Offer, offersOf } from "./offers.ts";

export const USAGE = `npm run balance -- [options]

Plays seeded matches of bots against bots, as fast as the machine goes, and says what they show.
Ctrl+C ends it early, with the figures of what was played: the maps and modes take turns.

  --matches N    matches of each map and mode (default 20)
  --mode M       only this mode: ${MODE_NAMES.join(", ")}
  --map M        only this map
  --seed S       of the first match; each next one has the next (default 1)
  --skill S      of all bots: ${SKILL_NAMES.join(", ")} (default normal)
  --players N    bots in a match (default: what the map is made for)
  --workers N    threads (default 1)
  --bench        only measure what thinking costs`;

export interface Options {
  readonly matches: number;
  readonly seed: number;
  readonly skill: SkillName;
  readonly players: number | undefined;
  readonly workers: number;
  readonly bench: boolean;
  /** What is to be played. */
  readonly offers: readonly Offer[];
}

const Count = z.coerce.number().int().positive();
const Flags = z.object({
  matches: Count.default(20),
  mode: z.enum(MODE_NAMES as [ModeName, ...ModeName[]]).optional(),
  map: z.string().optional(),
  seed: z.coerce.number().int().default(1),
  skill: z.enum(SKILL_NAMES as [SkillName, ...SkillName[]]).default("normal"),
  players: Count.min(2).optional(),
  workers: Count.default(1),
  bench: z.boolean().default(false),
});

/** Throws with a sentence for whoever typed it. */
export function readOptions(args: readonly string[]): Options {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ matches: text, mode: text, map: text, seed: text, skill: text, players: text, workers: text },
      bench: { type: "boolean" },
    },
  });
  const parsed = Flags.safeParse(values);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`--${String(issue?.path[0])}: ${issue?.message}`);
  }
  const { mode, map, players, ...rest } = parsed.data;
  const offers = offersOf().filter((offer) => (!mode || offer.mode === mode) && (!map || offer.map === map));
  if (offers.length === 0) throw new Error(`no map "${map ?? "any"}" is made for "${mode ?? "any mode"}"`);
  return { ...rest, players, offers };
}
