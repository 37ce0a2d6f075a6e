/** Reads the career that a player sees of their own. */
import type { Db } from "#server/store/database/database.ts";
import type { CareerNow } from "#server/store/results/careers.ts";
import { type ChallengeName, challengeOf, challengesOf, weeklyOf } from "#shared/career/challenges.ts";
import { kindOf, MEDAL_NAMES, standingOf } from "#shared/career/medals.ts";
import { ownedLooks } from "#shared/career/unlocks.ts";
import type { Career, ChallengeState, MedalCount } from "#shared/protocol/progress.ts";
import { levelOf } from "#shared/rating/level.ts";
import { dayOf, startOfDay, startOfWeek, weekOf } from "#shared/rating/season.ts";

/** The player's part of a career; the sums are those of the profile. */
export type OwnCareer = Omit<Career, "modes" | "weapons">;

export const medalCounts = ({ medals }: Pick<CareerNow, "medals">): MedalCount[] =>
  MEDAL_NAMES.flatMap((medal) => {
    const count = medals[medal] ?? 0;
    return count > 0 ? [{ medal, count }] : [];
  });

export async function ownCareer(
  db: Db,
  { id, xp, look }: { id: number; xp: number; look: number },
  career: CareerNow,
  atMs: number,
): Promise<OwnCareer> {
  const lifetimeMedals = MEDAL_NAMES.filter((name) => kindOf(name) === "lifetime");
  return {
    medals: medalCounts(career),
    lifetime: Object.fromEntries(
      lifetimeMedals.map((name) => [name, standingOf(name, career.lifetime).value]),
    ),
    challenges: await challengesAt(db, id, atMs),
    completed: career.challenges,
    owned: ownedLooks({ ...career, level: levelOf(xp).level }),
    look,
  };
}

async function challengesAt(db: Db, playerId: number, atMs: number): Promise<ChallengeState[]> {
  const rows = await db
    .selectFrom("playerChallenge")
    .selectAll()
    .where("playerId", "=", playerId)
    .where("period", "in", [dayOf(atMs), weekOf(atMs)])
    .execute();
  return currentChallenges(atMs).map((state) => {
    const row = rows.find(({ challenge }) => challenge === state.challenge);
    return row ? { ...state, progress: row.progress, isDone: row.reward > 0 } : state;
  });
}

/** Those of a newcomer. */
function currentChallenges(atMs: number): ChallengeState[] {
  const [day, week] = [dayOf(atMs), weekOf(atMs)];
  const stateOf =
    (endsAt: number) =>
    (challenge: ChallengeName): ChallengeState => {
      const { goal, xp } = challengeOf(challenge);
      return { challenge, progress: 0, goal, xp, isDone: false, endsAt };
    };
  return [
    ...challengesOf(day).map(stateOf(startOfDay(day + 1))),
    stateOf(startOfWeek(week + 1))(weeklyOf(week)),
  ];
}

/** The career of somebody of whom nothing is kept. */
export const newcomersCareer = (atMs: number): Career => ({
  ...{ medals: [], lifetime: {}, challenges: currentChallenges(atMs), completed: 0 },
  owned: ownedLooks({ level: 1, medals: {}, challenges: 0 }),
  ...{ look: 0, modes: [], weapons: [] },
});
