/** Sentences of challenges, with goals that are times as times. */
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { ChallengeName } from "#shared/career/challenges.ts";
import { count, span } from "./figures.ts";

/** Challenges that count seconds. */
const TIMES: readonly ChallengeName[] = ["dayMinutes", "dayHill"];

export const challengeValue = (challenge: ChallengeName, value: number): string =>
  TIMES.includes(challenge) ? span(value) : count(value);

export const challengeText = (challenge: ChallengeName, goal: number): string =>
  STRINGS.career.challenges[challenge](challengeValue(challenge, goal));
