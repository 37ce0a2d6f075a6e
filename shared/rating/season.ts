/** Seasons of three months and weeks from Monday, all in UTC, as numbers that sort by time. */

const DAY_MS = 86_400_000;

/** The season of a time: 20264 is the fourth quarter of 2026. */
export function seasonOf(timeMs: number): number {
  const date = new Date(timeMs);
  return date.getUTCFullYear() * 10 + Math.floor(date.getUTCMonth() / 3) + 1;
}

/** How it is written: "2026-4". */
export const seasonName = (season: number): string => `${Math.floor(season / 10)}-${season % 10}`;

/** The season that a text names; undefined if it names none. */
export function readSeason(text: string): number | undefined {
  const [, year, quarter] = /^(20\d\d)-([1-4])$/.exec(text) ?? [];
  return year && quarter ? Number(year) * 10 + Number(quarter) : undefined;
}

/** Its first millisecond. */
export const startOfSeason = (season: number): number =>
  Date.UTC(Math.floor(season / 10), ((season % 10) - 1) * 3);

/** Quarters between two seasons, 0 for the same one. */
export const seasonsBetween = (earlier: number, later: number): number =>
  (Math.floor(later / 10) - Math.floor(earlier / 10)) * 4 + (later % 10) - (earlier % 10);

/** Days since 1970. */
export const dayOf = (timeMs: number): number => Math.floor(timeMs / DAY_MS);
export const startOfDay = (day: number): number => day * DAY_MS;

/** Weeks since the first Monday of 1970. */
export const weekOf = (timeMs: number): number => Math.floor((dayOf(timeMs) - 4) / 7);
/** The first millisecond of a week's Monday. */
export const startOfWeek = (week: number): number => startOfDay(week * 7 + 4);

/** How a week is written: the date of its Monday, "2026-11-23". */
export const weekName = (week: number): string => new Date(startOfWeek(week)).toISOString().slice(0, 10);

/** The week that a text names; undefined if it names none. */
export function readWeek(text: string): number | undefined {
  const week = /^20\d\d-\d\d-\d\d$/.test(text) ? weekOf(Date.parse(text)) : Number.NaN;
  return Number.isFinite(week) && weekName(week) === text ? week : undefined;
}
