/** Rates matches by openskill (Weng and Lin, 2011): two sides, or everybody for themselves. */

import { ordinal, rate } from "openskill";
import type { WhyUnrated } from "#shared/protocol/progress.ts";
import { seasonsBetween } from "./season.ts";

/** Skill as a normal distribution: its mean, and how uncertain it is. */
export interface Skill {
  mu: number;
  sigma: number;
}

export const NEWCOMER: Skill = { mu: 25, sigma: 25 / 3 };

/** Rated games in a season after which a player shows on the leaderboard. */
export const LISTED_AFTER_GAMES = 5;

/** What is shown and ranked: a skill that is almost certainly reached, as a whole number from 0; a newcomer has 1000. */
export const pointsOf = (skill: Skill): number => Math.max(0, Math.round(1000 + 40 * ordinal(skill)));

/** Ranks are counted by buckets of so many points. */
export const POINTS_PER_BUCKET = 16;
export const bucketOf = (points: number): number => Math.floor(points / POINTS_PER_BUCKET);

/** A person in a rated match. */
export interface Rated {
  skill: Skill;
  team: number;
  /** 1 is the best; sides share a place. */
  place: number;
  /** Share of the match that the player was there, 0 to 1. */
  share: number;
}

export interface Terms {
  isHosted: boolean;
  how: string;
  durationSec: number;
  /** Of people with an identity who played long enough to be rated. */
  networks: readonly (number | null)[];
}

const PEOPLE_MIN = 4;
const NETWORKS_MIN = 2;
const SECONDS_MIN = 120;

/** Null if a match on these terms is rated. */
export function whyUnrated({ isHosted, how, durationSec, networks }: Terms): WhyUnrated | null {
  if (isHosted) return "hosted";
  if (how === "calledOff") return "calledOff";
  if (durationSec < SECONDS_MIN) return "tooShort";
  if (networks.length < PEOPLE_MIN) return "tooFew";
  if (new Set(networks).size < NETWORKS_MIN) return "oneNetwork";
  return null;
}

/** The skills after the match, in the same order. `isTeamed`: players of one team win and lose together. */
export function rateMatch(players: readonly Rated[], isTeamed: boolean): Skill[] {
  const groups = isTeamed
    ? [0, 1].map((team) => players.filter((player) => player.team === team)).filter((side) => side.length > 0)
    : players.map((player) => [player]);
  if (groups.length < 2) return players.map(({ skill }) => skill);
  const rated = rate(
    groups.map((side) => side.map(({ skill }) => skill)),
    { rank: groups.map((side) => Math.min(...side.map(({ place }) => place))) },
  );
  const after = new Map<Rated, Skill>();
  for (const [at, side] of groups.entries())
    for (const [member, player] of side.entries()) {
      const { mu, sigma } = rated[at]?.[member] ?? player.skill;
      const { skill, share } = player;
      // Whoever left early is rated by the time played.
      after.set(player, {
        mu: skill.mu + (mu - skill.mu) * share,
        sigma: skill.sigma + (sigma - skill.sigma) * share,
      });
    }
  return players.map((player) => after.get(player) ?? player.skill);
}

/** Share of the distance to a newcomer's mean that a season takes. */
const RESET_SHARE = 0.25;
const RESET_SIGMA_MIN = 4;

/** The skill with which a player of an earlier season begins this one. */
export function softReset(skill: Skill, lastSeason: number, season: number): Skill {
  let { mu, sigma } = skill;
  for (let passed = seasonsBetween(lastSeason, season); passed > 0; passed--) {
    mu += (NEWCOMER.mu - mu) * RESET_SHARE;
    sigma = Math.max(sigma, RESET_SIGMA_MIN);
  }
  return { mu, sigma };
}
