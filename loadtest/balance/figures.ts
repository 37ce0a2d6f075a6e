/** What many matches show together. */
import { TICKS_PER_SEC } from "#shared/config.ts";
import { isTeamMode } from "#shared/modes/rules.ts";
import { WEAPONS, type WeaponName } from "#shared/tuning.ts";
import type { Offer } from "./offers.ts";
import type { Ending, MatchRecord } from "./playMatch.ts";

export interface Played {
  readonly offer: Offer;
  readonly record: MatchRecord;
}

export interface Figures {
  readonly matches: number;
  readonly kills: number;
  readonly killShare: Readonly<Record<WeaponName, number>>;
  /** Of team modes: of the matches that one side won, the first team's; undefined where there are none. */
  readonly firstSideShare: number | undefined;
  readonly decided: number;
  readonly contactSec: number;
  readonly killSec: number;
  readonly leadChanges: number;
  readonly onTimeShare: number;
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

/** By so much a fair coin thrown so often is off by chance alone, in 95 of 100 cases. */
export const chanceOf = (throws: number): number => 1.96 * Math.sqrt(0.25 / Math.max(1, throws));

/** Of each map, and of it each mode. */
export function byOffer(played: readonly Played[]): { title: string; figures: Figures }[] {
  return groupBy(played, ({ offer }) => `${offer.map} · ${offer.mode}`);
}

export const byMap = (played: readonly Played[]) => groupBy(played, ({ offer }) => offer.map);

/** Matches with sides alone. */
export const bySidedMap = (played: readonly Played[]) =>
  groupBy(
    played.filter(({ offer }) => isTeamMode(offer.mode)),
    ({ offer }) => offer.map,
  );

function groupBy(played: readonly Played[], titleOf: (one: Played) => string) {
  const groups = Map.groupBy(played, titleOf);
  return [...groups].map(([title, group]) => ({ title, figures: figuresOf(group) }));
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
