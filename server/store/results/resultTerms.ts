/** Which people of a result are rated, and why a result is not. */
import type { WhyUnrated } from "#shared/protocol/progress.ts";
import { RATED_AFTER_SEC } from "#shared/rating/playedTime.ts";
import { whyUnrated } from "#shared/rating/terms.ts";
import type { MatchResult } from "./matchResult.ts";
import type { Person } from "./resultPlayers.ts";

export const durationSec = ({ startedAt, endedAt }: MatchResult): number =>
  Math.max(0, endedAt - startedAt) / 1000;

/** Those who are rated if the match is; a person with two seats by the first. */
export const ratedPeople = (people: readonly Person[]): Person[] =>
  people.filter(({ seats: [first] }) => first.playedSec >= RATED_AFTER_SEC);

/** Null if the match is rated. */
export function whyNotRated(result: MatchResult, rated: readonly Person[]): WhyUnrated | null {
  const { isHosted, how, teamScores } = result;
  const seats = rated.map(({ seats: [first] }) => first);
  return whyUnrated({
    ...{ isHosted, how, durationSec: durationSec(result) },
    isTeamed: teamScores !== null,
    people: seats,
  });
}
