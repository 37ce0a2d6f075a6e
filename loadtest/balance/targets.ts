/** What we want of the game, and whether the figures say that it is so. */
import { byMap, bySidedMap, chanceOf, figuresOf, type Played, WEAPON_NAMES } from "./figures.ts";
import { percent } from "./format.ts";
import type { SkillDuels } from "./skillDuels.ts";

export interface Verdict {
  readonly what: string;
  readonly wanted: string;
  readonly found: string;
  readonly ok: boolean;
  /** ✓, ✗, or ≈ for what misses the target by no more than chance may have done: more matches would tell. */
  readonly mark: "✓" | "≈" | "✗";
}

const WEAPON_SHARE = { least: 0.12, most: 0.4 } as const;
export const SIDE_SHARE = { least: 0.47, most: 0.53 } as const;
export const CONTACT_SEC = 8;
/** Whoever looks for somebody in so large a place may take longer. */
const VAST_MAPS: readonly string[] = ["sprawl"];
/** Bot-minutes that pass, on the average, without one. */
const STUCK_MINUTES = 1000;
const HARD_BEATS_EASY = 0.85;

export function judge(played: readonly Played[], duels: SkillDuels | undefined): Verdict[] {
  const all = figuresOf(played);
  return [
    ...WEAPON_NAMES.map((weapon) => {
      const share = all.killShare[weapon];
      const { least, most } = WEAPON_SHARE;
      return verdict(
        `kills by ${weapon}`,
        `${percent(least)}–${percent(most)}`,
        percent(share),
        share >= least && share <= most,
      );
    }),
    mapsVerdict(played),
    ...bySidedMap(played).map(({ title, figures }) => sideVerdict(title, figures)),
    ...byMap(played)
      .filter(({ title }) => !VAST_MAPS.includes(title))
      .map(({ title, figures: { contactSec } }) =>
        verdict(
          `first contact on ${title}, median`,
          `under ${CONTACT_SEC} s`,
          `${contactSec.toFixed(1)} s`,
          contactSec < CONTACT_SEC,
        ),
      ),
    ...(duels
      ? [
          verdict(
            "hard beats easy",
            `over ${percent(HARD_BEATS_EASY)}`,
            percent(duels.share),
            duels.share > HARD_BEATS_EASY,
          ),
        ]
      : []),
    verdict(
      "bots that get nowhere for over 3 s",
      `none in ${STUCK_MINUTES}`,
      `${all.stuck} in ${Math.round(all.botMinutes)} bot-minutes`,
      all.stuck === 0 || all.botMinutes / all.stuck > STUCK_MINUTES,
    ),
  ];
}

/** The rarest and the commonest weapon of any map. */
function mapsVerdict(played: readonly Played[]): Verdict {
  const shares = byMap(played)
    .flatMap(({ title, figures }) =>
      WEAPON_NAMES.map((weapon) => ({ share: figures.killShare[weapon], name: `${weapon} on ${title}` })),
    )
    .sort((a, b) => a.share - b.share);
  const { least, most } = WEAPON_SHARE;
  const ends = [shares[0], shares.at(-1)].filter((end) => end !== undefined);
  return verdict(
    "kills by any weapon on any map",
    `${percent(least)}–${percent(most)}`,
    ends.map(({ share, name }) => `${percent(share)} ${name}`).join(", "),
    ends.every(({ share }) => share >= least && share <= most),
  );
}

/** Fewer than some 1,000 matches cannot tell 50 % from 47 %: no is said to what chance does not explain. */
function sideVerdict(
  map: string,
  { firstSideShare = 0.5, decided }: { firstSideShare: number | undefined; decided: number },
): Verdict {
  const chance = chanceOf(decided);
  const { least, most } = SIDE_SHARE;
  const isWithin = firstSideShare >= least && firstSideShare <= most && decided > 0;
  const isChance = Math.abs(firstSideShare - 0.5) <= chance;
  return verdict(
    `first side's wins on ${map}`,
    `${percent(least)}–${percent(most)}`,
    `${percent(firstSideShare)} ± ${percent(chance)} of ${decided}`,
    isWithin || isChance,
    isWithin ? "✓" : isChance ? "≈" : "✗",
  );
}

const verdict = (
  what: string,
  wanted: string,
  found: string,
  ok: boolean,
  mark: Verdict["mark"] = ok ? "✓" : "✗",
): Verdict => ({ what, wanted, found, ok, mark });
