/** Farms: one person's two accounts, and two throw-away guests on another network who lose on purpose. */
import { rateMatch } from "#shared/rating/rating.ts";
import { NEWCOMER, pointsOf, type Skill } from "#shared/rating/skill.ts";
import type { Worth } from "#shared/rating/worth.ts";
import { pickIndex, type Random, seededRandom } from "#shared/sim/random.ts";

/** How the guests are used. "raised": they and the accounts first win by turns, until all seem certain, then lose. */
export const FARM_KINDS = ["fresh", "constant", "renewed", "raised"] as const;
export type FarmKind = (typeof FARM_KINDS)[number];

const MATCHES = 500;
const RENEWED_AFTER = 60;
const RAISED_AFTER = 150;

/** Points that the better account gains in 500 matches, from this skill. */
export function farm(kind: FarmKind, isTeamed: boolean, from: Skill, worth: Worth): number {
  const random = seededRandom(1);
  let skills: Skill[] = [from, from, NEWCOMER, NEWCOMER];
  for (let match = 0; match < MATCHES; match++) {
    const isNew = kind === "fresh" || (kind === "renewed" && match % RENEWED_AFTER === 0);
    if (isNew) skills = [...skills.slice(0, 2), NEWCOMER, NEWCOMER];
    const isFair = kind === "raised" && match < RAISED_AFTER;
    const places = isTeamed ? sidePlaces(isFair, random) : turnPlaces(isFair, random);
    skills = rateMatch(
      skills.map((skill, at) => ({
        ...{ skill, share: 1, hasLeft: false, place: places[at] ?? 1 },
        network: at < 2 ? 0 : 1,
        team: isTeamed ? Math.floor(at / 2) : at,
      })),
      isTeamed,
      worth,
    );
  }
  return Math.max(...skills.slice(0, 2).map(pointsOf)) - pointsOf(from);
}

const sidePlaces = (isFair: boolean, random: Random) =>
  isFair && random.next() < 0.5 ? [2, 2, 1, 1] : [1, 1, 2, 2];

/** The accounts win by turns. */
function turnPlaces(isFair: boolean, random: Random): number[] {
  const turn = pickIndex(random, isFair ? 4 : 2);
  return isFair ? [0, 1, 2, 3].map((at) => 1 + ((at + turn) % 4)) : [1 + turn, 2 - turn, 3, 4];
}
