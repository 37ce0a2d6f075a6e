/** The figures of many matches together. */

import { TICKS_PER_SEC } from "#shared/config.ts";
import { median, sum } from "#shared/figures/stats.ts";
import { isTeamMode } from "#shared/modes/rules.ts";
import type { Ending, MatchRecord } from "#shared/trial/playMatch.ts";
import { WEAPONS, type WeaponName } from "#shared/tuning.ts";
import type { Offer } from "./offers.ts";

export interface Played {
  readonly offer: Offer;
  readonly record: MatchRecord;
}

export interface Figures {
  readonly matches: number;
  readonly kills: number;
  readonly killShare: Readonly<Record<WeaponName, number>>;
  /** The first team's share of the decided matches; undefined when none was decided. */
  readonly firstSideShare: number | undefined;
  /** Matches of team modes that one side won. */
  readonly decided: number;
  /** The median over all bots. */
  readonly contactSec: number;
  /** The median over all kills. */
  readonly killSec: number;
  /** The mean of a match. */
  readonly leadChanges: number;
  /** The share of matches that ended by score or time, without overtime. */
  readonly onTimeShare: number;
  /** The mean. */
  readonly matchSec: number;
  readonly stuck: number;
  readonly botMinutes: number;
}

const IN_TIME: readonly Ending[] = ["score", "time"];
export const WEAPON_NAMES = Object.keys(WEAPONS) as WeaponName[];

export function figuresOf(played: readonly Played[]): Figures {
  const records = played.map(({ record }) => record);
  const killsBy = (weapon: WeaponName) => sum(records.map((record) => record.killsByWeapon[weapon]));
  const kills = sum(WEAPON_NAMES.map(killsBy));
  const decided = records.filter(({ winningTeam }) => winningTeam !== undefined);
  const share = WEAPON_NAMES.map((weapon) => [weapon, killsBy(weapon) / Math.max(1, kills)]);
  return {
    matches: records.length,
    kills,
    killShare: Object.fromEntries(share) as Record<WeaponName, number>,
    firstSideShare: decided.length
      ? decided.filter(({ winningTeam }) => winningTeam === 0).length / decided.length
      : undefined,
    decided: decided.length,
    contactSec: median(records.flatMap(({ contactSec }) => contactSec)),
    killSec: median(records.flatMap(({ killSec }) => killSec)),
    leadChanges: sum(records.map(({ leadChanges }) => leadChanges)) / records.length,
    onTimeShare: records.filter(({ ending }) => IN_TIME.includes(ending)).length / records.length,
    matchSec: sum(records.map(({ ticks }) => ticks)) / TICKS_PER_SEC / records.length,
    stuck: sum(records.map(({ stuck }) => stuck.length)),
    botMinutes: sum(records.map(({ ticks, bots }) => (ticks * bots) / TICKS_PER_SEC / 60)),
  };
}

/** How far the share of heads of a fair coin is from one half by chance: the half-width of its 95 % interval. */
export const chanceOf = (throws: number): number => 1.96 * Math.sqrt(0.25 / Math.max(1, throws));

/** One group for each pair of map and mode. */
export function byOffer(played: readonly Played[]): { title: string; figures: Figures }[] {
  return groupBy(played, ({ offer }) => `${offer.map} · ${offer.mode}`);
}

export const byMap = (played: readonly Played[]) => groupBy(played, ({ offer }) => offer.map);

/** Matches of team modes only. */
export const bySidedMap = (played: readonly Played[]) =>
  groupBy(
    played.filter(({ offer }) => isTeamMode(offer.mode)),
    ({ offer }) => offer.map,
  );

function groupBy(played: readonly Played[], titleOf: (match: Played) => string) {
  const groups = Map.groupBy(played, titleOf);
  return [...groups].map(([title, group]) => ({ title, figures: figuresOf(group) }));
}
