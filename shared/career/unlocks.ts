/** Says which look is unlocked by what. Every condition only grows, so that nobody loses what they had. */
import { LOOK_PARTS, LOOKS, type Look, type LookPart } from "./looks.ts";
import type { MedalName } from "./medals.ts";

/** The progress that unlocks looks. */
export interface CareerProgress {
  level: number;
  /** How often each was earned, or the tier of a lifetime medal; none if missing. */
  medals: Partial<Record<MedalName, number>>;
  /** Challenges that were completed. */
  challenges: number;
}

export type Unlock =
  | { by: "free" }
  | { by: "level"; level: number }
  /** `tier`: of a lifetime medal, or the number of times for another. */
  | { by: "medal"; medal: MedalName; tier: number }
  /** As many different medals. */
  | { by: "medals"; count: number }
  | { by: "challenges"; count: number };

const free: Unlock = { by: "free" };
const level = (at: number): Unlock => ({ by: "level", level: at });
const medal = (name: MedalName, tier = 1): Unlock => ({ by: "medal", medal: name, tier });
const medals = (count: number): Unlock => ({ by: "medals", count });
const challenges = (count: number): Unlock => ({ by: "challenges", count });

type Unlocks = { readonly [Part in LookPart]: Readonly<Record<(typeof LOOKS)[Part][number], Unlock>> };

const UNLOCKS: Unlocks = {
  pattern: {
    plain: free,
    stripe: level(2),
    chevron: level(3),
    split: challenges(1),
    checks: level(6),
    bands: medals(5),
    flame: level(10),
    circuit: challenges(15),
    scales: level(15),
    star: medals(20),
  },
  trail: {
    plain: free,
    sparks: level(4),
    ribbon: challenges(3),
    bubbles: medal("traveller"),
    embers: level(8),
    pixels: medals(12),
    comet: level(20),
  },
  death: {
    plain: free,
    confetti: medal("victory"),
    implosion: level(5),
    fireworks: medal("victor"),
    shards: challenges(8),
    ghost: level(12),
  },
  emblem: {
    plain: free,
    anvil: level(2),
    leaf: challenges(2),
    wave: medal("wingman"),
    bolt: medal("railman"),
    crown: medal("victor", 2),
    eye: medal("marksman"),
    gear: medal("veteran"),
    moon: level(7),
    rose: challenges(25),
    skull: medal("hunter"),
    sun: medals(15),
  },
  title: {
    plain: free,
    rookie: level(2),
    regular: medal("veteran"),
    veteran: medal("veteran", 2),
    duellist: medal("spotless"),
    sharpshooter: medal("marksman", 5),
    bombardier: medal("bombardier"),
    runner: medal("courier"),
    guardian: medal("flagGuard"),
    kingmaker: medal("helper"),
    unstoppable: medal("unstoppable"),
    legend: level(25),
  },
};

function isUnlocked(unlock: Unlock, progress: CareerProgress): boolean {
  switch (unlock.by) {
    case "free":
      return true;
    case "level":
      return progress.level >= unlock.level;
    case "medal":
      return (progress.medals[unlock.medal] ?? 0) >= unlock.tier;
    case "medals":
      return Object.values(progress.medals).filter((times) => times > 0).length >= unlock.count;
    case "challenges":
      return progress.challenges >= unlock.count;
  }
}

/** The names of what a player may wear, by part. */
export type OwnedLooks = { [Part in LookPart]: (typeof LOOKS)[Part][number][] };

export const unlockOf = (part: LookPart, name: string): Unlock =>
  (UNLOCKS[part] as Readonly<Record<string, Unlock>>)[name] ?? free;

export const ownedLooks = (progress: CareerProgress): OwnedLooks =>
  Object.fromEntries(
    LOOK_PARTS.map((part) => [
      part,
      LOOKS[part].filter((name) => isUnlocked(unlockOf(part, name), progress)),
    ]),
  ) as OwnedLooks;

export const ownsLook = (look: Look, progress: CareerProgress): boolean =>
  LOOK_PARTS.every((part) => isUnlocked(unlockOf(part, look[part]), progress));
