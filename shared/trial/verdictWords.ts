/** The sentences of verdicts in English: for the page, whose other languages have the same shape, and for the command line. */
import type { PickupName, WeaponName } from "#shared/tuning.ts";
import type { Verdict, VerdictCode, VerdictValues } from "./verdict.ts";

/** The values of a verdict as the reader's language writes them: "Side A", "Haste", "71 %", "14.2". */
export type WordedValues = { readonly [Key in keyof Required<VerdictValues>]: string };

interface Words {
  /** The finding. */
  readonly found: (values: WordedValues) => string;
  /** The advice. */
  readonly advice: string;
}

export interface VerdictWords {
  readonly verdicts: Readonly<Record<Exclude<VerdictCode, "oneWeapon">, Words>> & {
    readonly oneWeapon: Pick<Words, "found">;
  };
  /** The advice of "oneWeapon". */
  readonly weaponAdvice: Readonly<Record<WeaponName, string>>;
}

export const VERDICT_WORDS: VerdictWords = {
  verdicts: {
    strongerSide: {
      found: ({ side, count, of }) =>
        `${side} is stronger. It won ${count} of ${of} decided matches, and the points say that it is no luck.`,
      advice:
        "Give both sides the same ways, cover and pickups: draw with symmetry, or compare the two halves.",
    },
    spawnDeaths: {
      found: ({ share }) => `${share} of the drones that spawn here are destroyed within 3 s.`,
      advice: "Move the marked spawn points behind walls, and away from the fight.",
    },
    stuck: {
      found: ({ count }) => `Bots got stuck ${count} times at the marked places.`,
      advice: "Make gaps there two tiles wide, and remove corners that lead nowhere.",
    },
    lateContact: {
      found: ({ sec }) => `Half of the bots meet no enemy in the first ${sec} s.`,
      advice:
        "Make the arena smaller, open its walls, or move the sides closer. If it is meant to be large, let more players in.",
    },
    fewKills: {
      found: ({ rate }) => `A bot destroys only ${rate} enemies a minute.`,
      advice: "Bring people together: shorter ways, fewer walls, and the best pickups in the middle.",
    },
    deadSpace: {
      found: ({ share }) => `Nobody goes to ${share} of the floor.`,
      advice: "Cut the marked parts off, or give a reason to go there: a pickup, or a way round.",
    },
    oneSidedPickup: {
      found: ({ side, share, kind }) => `${side} takes ${share} of these pickups: ${kind}.`,
      advice: "Move them to the middle, or give the other side one that is as near.",
    },
    unusedPickup: {
      found: ({ kind }) => `Hardly anybody takes the marked pickups: ${kind}.`,
      advice: "Move them nearer to where people drive, or remove them.",
    },
    oneWeapon: {
      found: ({ weapon, share }) => `One weapon makes ${share} of all kills: ${weapon}.`,
    },
    crowd: {
      found: ({ share }) => `${share} of all drones are destroyed in one place.`,
      advice: "Open a way around it, or move what draws everybody there.",
    },
    draws: {
      found: ({ count, of }) => `${count} of ${of} matches ended in a draw.`,
      advice: "Make the goals easier to reach: shorter ways, and more than one way in.",
    },
    noCaptures: {
      found: ({ count, of }) => `Flags captured in ${of} matches: ${count}.`,
      advice: "Move the flags closer together, and give each base a second way out.",
    },
    idleHill: {
      found: ({ share }) => `The marked hill is held for only ${share} of its time.`,
      advice: "Make it larger, or open more ways to it.",
    },
  },
  weaponAdvice: {
    blaster: "Place more weapons, and nearer to the spawn points.",
    scatter: "All fights are at close quarters: open some longer lines.",
    rail: "The lines of sight are long: break them with walls or bushes, or remove rail guns.",
    mortar: "Fights stand still behind walls: open second ways in, or remove mortars.",
  },
};

/** How a language writes each kind of value. */
export interface ValueWriter {
  side(side: 0 | 1): string;
  kind(kind: PickupName): string;
  weapon(weapon: WeaponName): string;
  share(share: number): string;
  count(count: number): string;
  decimal(value: number): string;
}

/** The two sentences of a verdict: what was found, and what to change. */
export function sentencesOf(
  { code, values }: Verdict,
  words: VerdictWords,
  write: ValueWriter,
): { found: string; advice: string } {
  const { weapon = "blaster" } = values;
  const worded: WordedValues = {
    side: write.side(values.side ?? 0),
    kind: values.kind ? write.kind(values.kind) : "",
    weapon: write.weapon(weapon),
    share: write.share(values.share ?? 0),
    count: write.count(values.count ?? 0),
    of: write.count(values.of ?? 0),
    sec: write.decimal(values.sec ?? 0),
    rate: write.decimal(values.rate ?? 0),
  };
  const found = words.verdicts[code].found(worded);
  return { found, advice: code === "oneWeapon" ? words.weaponAdvice[weapon] : words.verdicts[code].advice };
}
