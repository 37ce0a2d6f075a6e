/** Judges a trial: a table of rules, one a verdict. */
import {
  crowd,
  deadParts,
  draws,
  fewKills,
  idleHill,
  lateContact,
  noCaptures,
  oneWeapon,
  spawnDeaths,
  stuck,
} from "./mapRules.ts";
import { oneSidedPickup, strongerSide, unusedPickup } from "./sideRules.ts";
import { type Case, type Finding, VERDICT_CODES, type Verdict, type VerdictCode } from "./verdict.ts";

type Rule = (judged: Case) => Finding | undefined;

const RULES: Readonly<Record<VerdictCode, Rule>> = {
  strongerSide,
  spawnDeaths,
  stuck,
  lateContact,
  fewKills,
  deadSpace: deadParts,
  oneSidedPickup,
  unusedPickup,
  oneWeapon,
  crowd,
  draws,
  noCaptures,
  idleHill,
};

/** A trial of fewer matches is not judged: a single one says little. */
const MATCHES_MIN = 4;

/** The worst first; none for a fair arena, and for a trial without matches. */
export function judgeTrial(judged: Case): Verdict[] {
  if (judged.trial.matches < MATCHES_MIN) return [];
  const found = VERDICT_CODES.flatMap((code) => {
    const finding = RULES[code](judged);
    return finding ? [{ code, ...finding }] : [];
  });
  return found.sort((one, other) => rankOf(one) - rankOf(other));
}

const rankOf = ({ severity }: Verdict) => (severity === "bad" ? 0 : 1);
