/** Decides whether a match is rated. */
import type { WhyUnrated } from "#shared/protocol/progress.ts";
import type { MatchEnd } from "#shared/sim/event.ts";

export interface Terms {
  isHosted: boolean;
  how: MatchEnd;
  durationSec: number;
  isTeamed: boolean;
  /** The people with an identity who played for RATED_AFTER_SEC. */
  people: readonly { team: number; network: number | null }[];
}

const PEOPLE_MIN = 4;
const NETWORKS_MIN = 2;
const SECONDS_MIN = 120;

/** Null if a match on these terms is rated. */
export function whyUnrated({ isHosted, how, durationSec, isTeamed, people }: Terms): WhyUnrated | null {
  if (isHosted) return "hosted";
  if (how === "calledOff") return "calledOff";
  if (durationSec < SECONDS_MIN) return "tooShort";
  if (people.length < PEOPLE_MIN || (isTeamed && countOf(people, "team") < 2)) return "tooFew";
  if (countOf(people, "network") < NETWORKS_MIN) return "oneNetwork";
  return null;
}

const countOf = <Key extends "team" | "network">(people: Terms["people"], key: Key) =>
  new Set(people.map((person) => person[key])).size;
