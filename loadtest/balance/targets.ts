/** The balance we want, and whether the figures reach it. */
import { percent } from "#loadtest/lib/text.ts";
import {
  byMap,
  bySidedMap,
  chanceOf,
  type Figures,
  figuresOf,
  type Played,
  WEAPON_NAMES,
} from "./figures.ts";
import type { SkillDuels } from "./skillDuels.ts";

export interface Verdict {
  readonly what: string;
  readonly wanted: string;
  readonly found: string;
  readonly ok: boolean;
  /** ≈ marks a miss that chance alone explains: more matches would decide it. */
  readonly mark: "✓" | "≈" | "✗";
}

interface Band {
  readonly least: number;
  readonly most: number;
}

const WEAPON_SHARE: Band = { least: 0.12, most: 0.4 };
export const SIDE_SHARE: Band = { least: 0.47, most: 0.53 };
export const CONTACT_SEC = 8;
/** Maps so large that a first contact may take longer. */
const VAST_MAPS: readonly string[] = ["sprawl"];
/** Bot-minutes per stuck bot, at least. */
const STUCK_MINUTES = 1000;
const HARD_BEATS_EASY = 0.85;

export function judge(played: readonly Played[], duels: SkillDuels | undefined): Verdict[] {
  const all = figuresOf(played);
  return [
    ...WEAPON_NAMES.map((weapon) => weaponVerdict(`kills by ${weapon}`, all.killShare[weapon])),
    mapsVerdict(played),
    ...bySidedMap(played).map(({ title, figures }) => sideVerdict(title, figures)),
    ...byMap(played)
      .filter(({ title }) => !VAST_MAPS.includes(title))
      .map(({ title, figures }) => contactVerdict(title, figures)),
    ...(duels ? [duelVerdict(duels)] : []),
    verdict(
      "bots that get nowhere for over 3 s",
      `none in ${STUCK_MINUTES}`,
      `${all.stuck} in ${Math.round(all.botMinutes)} bot-minutes`,
      all.stuck === 0 || all.botMinutes / all.stuck > STUCK_MINUTES,
    ),
  ];
}

const isWithin = (share: number, { least, most }: Band) => share >= least && share <= most;
const bandText = ({ least, most }: Band) => `${percent(least)}–${percent(most)}`;

const weaponVerdict = (what: string, share: number): Verdict =>
  verdict(what, bandText(WEAPON_SHARE), percent(share), isWithin(share, WEAPON_SHARE));

/** Judges the rarest and the most frequent weapon of any map. */
function mapsVerdict(played: readonly Played[]): Verdict {
  const shares = byMap(played)
    .flatMap(({ title, figures }) =>
      WEAPON_NAMES.map((weapon) => ({ share: figures.killShare[weapon], name: `${weapon} on ${title}` })),
    )
    .sort((a, b) => a.share - b.share);
  const extremes = [shares[0], shares.at(-1)].filter((extreme) => extreme !== undefined);
  return verdict(
    "kills by any weapon on any map",
    bandText(WEAPON_SHARE),
    extremes.map(({ share, name }) => `${percent(share)} ${name}`).join(", "),
    extremes.every(({ share }) => isWithin(share, WEAPON_SHARE)),
  );
}

/** Fails only on what chance does not explain: it takes about 1,000 matches to tell 47 % from 50 %. */
function sideVerdict(
  map: string,
  { firstSideShare = 0.5, decided }: Pick<Figures, "firstSideShare" | "decided">,
): Verdict {
  const chance = chanceOf(decided);
  const isReached = isWithin(firstSideShare, SIDE_SHARE) && decided > 0;
  const isChance = Math.abs(firstSideShare - 0.5) <= chance;
  return verdict(
    `first side's wins on ${map}`,
    bandText(SIDE_SHARE),
    `${percent(firstSideShare)} ± ${percent(chance)} of ${decided}`,
    isReached || isChance,
    isReached ? "✓" : isChance ? "≈" : "✗",
  );
}

const contactVerdict = (map: string, { contactSec }: Figures): Verdict =>
  verdict(
    `first contact on ${map}, median`,
    `under ${CONTACT_SEC} s`,
    `${contactSec.toFixed(1)} s`,
    contactSec < CONTACT_SEC,
  );

const duelVerdict = ({ share }: SkillDuels): Verdict =>
  verdict("hard beats easy", `over ${percent(HARD_BEATS_EASY)}`, percent(share), share > HARD_BEATS_EASY);

const verdict = (
  what: string,
  wanted: string,
  found: string,
  ok: boolean,
  mark: Verdict["mark"] = ok ? "✓" : "✗",
): Verdict => ({ what, wanted, found, ok, mark });
