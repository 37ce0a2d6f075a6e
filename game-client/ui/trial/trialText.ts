/** Words of a trial in the page's language. */
import { count, decimal, percent } from "#client/ui/kit/figures.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { pickupName } from "#client/ui/teach/pickupWords.ts";
import type { Verdict } from "#shared/trial/verdict.ts";
import { sentencesOf } from "#shared/trial/verdictWords.ts";

export const sideName = (side: 0 | 1): string => STRINGS.trial.side(side === 0 ? "A" : "B");

/** A finding, and the advice that follows from it. */
export const verdictText = (verdict: Verdict): { found: string; advice: string } =>
  sentencesOf(verdict, STRINGS.trial, {
    ...{ side: sideName, kind: pickupName, share: percent, count, decimal },
    weapon: (weapon) => STRINGS.weapons[weapon],
  });
