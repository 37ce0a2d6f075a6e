/** Clips and their moments as text. */
import { decimal } from "#client/ui/kit/figures.ts";
import { language, STRINGS } from "#client/ui/strings/strings.ts";
import { clock } from "#shared/figures/clock.ts";
import type { Moment } from "#shared/replay/bestMoment.ts";
import type { Mark } from "#shared/replay/replay.ts";

/** "1:07.3". */
export function timeText(ms: number): string {
  const tenths = Math.round(ms / 100);
  return `${clock(Math.floor(tenths / 10))}.${tenths % 10}`;
}

/** "12.5 sec". */
export const secondsText = (ms: number): string =>
  new Intl.NumberFormat(language.value, {
    style: "unit",
    unit: "second",
    unitDisplay: "short",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(ms / 1000);

export const megabytesText = (bytes: number): string => `${decimal(Math.max(0.1, bytes / 1e6))} MB`;

/** Names what is best in a moment: "Triple kill". */
export function momentText({ marks }: Moment): string {
  const words = STRINGS.clips;
  const has = (is: Mark["is"]) => marks.some((mark) => mark.is === is);
  if (has("capture")) return words.capture;
  const feats = marks.filter((mark) => mark.is === "feat");
  const best = feats.sort((a, b) => b.value - a.value)[0];
  if (best) return STRINGS.fight.feats[best.feat](best.value);
  const kills = marks.filter(({ is }) => is === "kill").length;
  return kills > 0 ? words.kills(kills) : words.lead;
}
