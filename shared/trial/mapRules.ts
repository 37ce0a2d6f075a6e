/** Rules about the place: spawns, ways, walls, weapons and goals. */
import type { Arena } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { median, sum } from "#shared/figures/stats.ts";
import { isTeamMode } from "#shared/modes/rules.ts";
import { type Cell, cellAt, cellOf, crowdOf, deadSpace } from "./cells.ts";
import { finding, THRESHOLDS } from "./thresholds.ts";
import { WEAPON_NAMES } from "./trial.ts";
import { type Case, type Finding, isThin } from "./verdict.ts";

/** A spawn point that was used less often says nothing. */
const SPAWNS_MIN = 20;

export function spawnDeaths({ arena, trial }: Case): Finding | undefined {
  const spawns = sum(trial.spawns.map((point) => point.spawns));
  const deaths = sum(trial.spawns.map((point) => point.deaths));
  const used = trial.spawns.map((point, index) => ({
    place: arena.spawns[index] ?? { x: 0, y: 0 },
    share: point.spawns >= SPAWNS_MIN ? point.deaths / point.spawns : 0,
  }));
  const share = deaths / Math.max(1, spawns);
  const worst = Math.max(0, ...used.map((point) => point.share));
  const deadly = used.filter((point) => point.share >= Math.min(worst, THRESHOLDS.spawnPointShare.warn));
  const places = deadly
    .sort((one, other) => other.share - one.share)
    .map(({ place }) => cellAt(arena, place));
  return (
    finding(share, THRESHOLDS.spawnDeathShare, { share, count: places.length }, places) ??
    finding(worst, THRESHOLDS.spawnPointShare, { share: worst, count: places.length }, places)
  );
}

/** A single bot that waits for another to pass is no fault of the map. */
const STUCK_MIN = 2;

export function stuck({ arena, trial }: Case): Finding | undefined {
  const { stuck: heat } = trial.heat;
  const count = sum(heat);
  if (count < STUCK_MIN) return undefined;
  const rate = (100 * count) / (trial.botTicks / TICKS_PER_SEC / 60);
  return finding(rate, THRESHOLDS.stuckRate, { count }, hottest(arena, heat));
}

export function lateContact(judged: Case): Finding | undefined {
  if (isThin(judged)) return undefined;
  const sec = median(judged.trial.contactSec);
  return finding(sec, THRESHOLDS.contactSec, { sec });
}

export function fewKills({ trial }: Case): Finding | undefined {
  const rate = sum(trial.kills) / (trial.botTicks / TICKS_PER_SEC / 60);
  return finding(-rate, THRESHOLDS.killRate, { rate });
}

export function deadParts(judged: Case): Finding | undefined {
  if (isThin(judged)) return undefined;
  const { share, cells } = deadSpace(judged.arena, judged.trial.heat.ways);
  return finding(share, THRESHOLDS.deadShare, { share }, cells);
}

/** Fewer kills say nothing about weapons. */
const KILLS_MIN = 50;

export function oneWeapon({ trial }: Case): Finding | undefined {
  const kills = sum(Object.values(trial.killsByWeapon));
  if (kills < KILLS_MIN) return undefined;
  const weapon = WEAPON_NAMES.reduce((best, each) =>
    trial.killsByWeapon[each] > trial.killsByWeapon[best] ? each : best,
  );
  const share = trial.killsByWeapon[weapon] / kills;
  return finding(share, THRESHOLDS.weaponShare, { weapon, share });
}

/** A hill is meant to be crowded. */
export function crowd({ arena, mode, trial }: Case): Finding | undefined {
  if (mode === "kingOfTheHill" || sum(trial.heat.deaths) < KILLS_MIN) return undefined;
  const { share, cell } = crowdOf(arena, trial.heat.deaths);
  return finding(share, THRESHOLDS.crowdShare, { share }, [cell]);
}

export function draws({ mode, trial }: Case): Finding | undefined {
  if (!isTeamMode(mode)) return undefined;
  const share = trial.draws / trial.matches;
  return finding(share, THRESHOLDS.drawShare, { share, count: trial.draws, of: trial.matches });
}

export function noCaptures({ arena, mode, trial }: Case): Finding | undefined {
  if (mode !== "captureTheFlag") return undefined;
  const count = sum(trial.flagsCaptured);
  const places = arena.flags.map((flag) => cellAt(arena, flag));
  return finding(-count / trial.matches, THRESHOLDS.captures, { count, of: trial.matches }, places);
}

/** A hill that counted for less time was just passed by. */
const HILL_TICKS_MIN = 60 * TICKS_PER_SEC;

/** The hill that is held least. */
export function idleHill({ arena, mode, trial }: Case): Finding | undefined {
  if (mode !== "kingOfTheHill") return undefined;
  const shares = trial.hills.map(({ ticks, held }) => (ticks < HILL_TICKS_MIN ? 1 : sum(held) / ticks));
  const share = Math.min(1, ...shares);
  const hill = arena.hills[shares.indexOf(share)];
  if (!hill) return undefined;
  const middle = { x: hill.x + hill.width / 2, y: hill.y + hill.height / 2 };
  return finding(-share, THRESHOLDS.hillHeldShare, { share }, [cellAt(arena, middle)]);
}

const PLACES_MAX = 6;

/** The cells with most of it, the hottest first. */
export const hottest = (arena: Arena, heat: readonly number[], most = PLACES_MAX): Cell[] =>
  [...heat.entries()]
    .filter(([, value]) => value > 0)
    .sort(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([index]) => cellOf(arena, index));
