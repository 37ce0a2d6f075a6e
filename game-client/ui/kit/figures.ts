/** Numbers, dates and durations as the page's language writes them. */
import { language } from "#client/ui/strings/strings.ts";

export const count = (value: number): string =>
  new Intl.NumberFormat(language.value).format(Math.round(value));

/** 0.537 → "54 %"; "–" for NaN. */
export const percent = (share: number): string =>
  Number.isFinite(share)
    ? new Intl.NumberFormat(language.value, { style: "percent", maximumFractionDigits: 0 }).format(share)
    : "–";

/** A quotient with one decimal; the dividend if the divisor is 0. */
export const ratio = (of: number, by: number): string =>
  new Intl.NumberFormat(language.value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    of / Math.max(1, by),
  );

/** "+14" or "−9"; "±0". */
export const signed = (value: number): string =>
  value === 0
    ? "±0"
    : new Intl.NumberFormat(language.value, { signDisplay: "always" }).format(value).replace("-", "−");

/** Times are milliseconds since 1970. */
export const day = (atMs: number): string =>
  new Intl.DateTimeFormat(language.value, { dateStyle: "medium" }).format(atMs);

export const moment = (atMs: number): string =>
  new Intl.DateTimeFormat(language.value, { dateStyle: "medium", timeStyle: "short" }).format(atMs);

/** Minutes below an hour, else hours with one decimal. */
export function played(seconds: number): string {
  const isShort = seconds < 3600;
  return new Intl.NumberFormat(language.value, {
    style: "unit",
    unit: isShort ? "minute" : "hour",
    unitDisplay: "short",
    maximumFractionDigits: isShort ? 0 : 1,
  }).format(isShort ? Math.ceil(seconds / 60) : seconds / 3600);
}

/** At most one decimal. */
export const decimal = (value: number): string =>
  new Intl.NumberFormat(language.value, { maximumFractionDigits: 1 }).format(value);

const UNITS = [
  { unit: "day", sec: 86_400, fromSec: 2 * 86_400 },
  { unit: "hour", sec: 3600, fromSec: 3600 },
  { unit: "minute", sec: 60, fromSec: 60 },
  { unit: "second", sec: 1, fromSec: 0 },
] as const;

/** "45 sec", "15 min", "7 hr" or "3 days": whole ones, rounded down. */
export function span(seconds: number): string {
  const { unit, sec } = UNITS.find(({ fromSec }) => seconds >= fromSec) ?? UNITS[3];
  return new Intl.NumberFormat(language.value, { style: "unit", unit, unitDisplay: "short" }).format(
    Math.floor(seconds / sec),
  );
}
