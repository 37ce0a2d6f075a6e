/** Rates matches by openskill (Weng and Lin, 2011), in comparisons of two: both sides, or each person with each other. */
import { compare } from "./compare.ts";
import { NEWCOMER, type Skill } from "./skill.ts";
import { PROVEN, type Worth } from "./worth.ts";

/** A person in a rated match. */
export interface Rated {
  skill: Skill;
  team: number;
  /** 1 is the best; sides share a place. */
  place: number;
  /** Share of the match that the person played, 0 to 1. */
  share: number;
  /** Equal for people of one network within the match. */
  network: number | null;
  /** Left before the end, for whatever reason. */
  hasLeft: boolean;
}

/** Skill changes with time: how much uncertainty a full match adds. */
const TAU = NEWCOMER.mu / 300;
/** A player's own luck is in all n comparisons of a match: together they weigh as much as this times √n independent ones. */
const EVIDENCE = 1.6;
/** In a room of a hundred, people are compared with those at most this many places away: the cost stays linear. */
const PLACES_APART_MAX = 16;
/** Strength that an average person adds to a side by being there, on the scale of `mu`. */
const PRESENCE = NEWCOMER.sigma;
/** Lower bound of `sigma`: luck remains however often somebody plays. */
const SIGMA_MIN = 0.5;

/** What a match says about one player's skill. */
interface Evidence {
  /** Added to the mean, for the time played. */
  rise: number;
  /** The uncertainty is multiplied by it. */
  narrowing: number;
}

/** The skills after the match, in the same order. `isTeamed`: players of one team win and lose together. */
export function rateMatch(players: readonly Rated[], isTeamed: boolean, worth: Worth = PROVEN): Skill[] {
  const present = players.filter(({ share }) => share > 0);
  const evidenceOf = isTeamed ? sidesCompared : pairsCompared;
  return players.map((player) => {
    const evidence = player.share > 0 ? evidenceOf(player, present, worth) : undefined;
    return evidence ? updated(player, evidence, worth.ofNetworks(player, present)) : player.skill;
  });
}

/** `worth`, 0 to 1, scales what the match changes. */
function updated({ skill, share, hasLeft }: Rated, { rise, narrowing }: Evidence, worth: number): Skill {
  // `rise` grows with the time played. A leaver's loss grows with its square root, so that leaving a lost match never pays.
  const mu = skill.mu + worth * (hasLeft && rise < 0 ? rise / Math.sqrt(share) : rise);
  const sigma = widened(skill, share * worth) * narrowing ** worth;
  return { mu, sigma: Math.min(NEWCOMER.sigma, Math.max(SIGMA_MIN, sigma)) };
}

const widened = ({ sigma }: Skill, share: number): number => Math.hypot(sigma, TAU * Math.sqrt(share));

/** Everybody for themselves: compares by place with each opponent, by the time that both were there. */
function pairsCompared(player: Rated, present: readonly Rated[], worth: Worth): Evidence | undefined {
  let [rise, narrowing, all] = [0, 0, 0];
  for (const opponent of present) {
    if (opponent === player || Math.abs(opponent.place - player.place) > PLACES_APART_MAX) continue;
    const weight = worth.ofOpponent(player, opponent);
    if (weight === 0) continue;
    const together = weight * Math.min(player.share, opponent.share);
    const [after] = compare([player.skill], [opponent.skill], opponent.place - player.place);
    if (!after) continue;
    rise += together * (after.mu - player.skill.mu);
    narrowing += together * Math.log(after.sigma / player.skill.sigma);
    all += weight;
  }
  const scale = Math.min(1, EVIDENCE / Math.sqrt(all));
  return all > 0 ? { rise: scale * rise, narrowing: Math.exp(scale * narrowing) } : undefined;
}

/** Two sides, each as strong as its people together. */
function sidesCompared(player: Rated, present: readonly Rated[], worth: Worth): Evidence | undefined {
  const mates = present.filter(({ team }) => team === player.team);
  const opponents = present.filter(({ team }) => team !== player.team);
  const [opponent] = opponents;
  if (!opponent) return;
  const before = mates.map(partOf);
  const at = mates.indexOf(player);
  const [was, is] = [before[at], compare(before, opponents.map(partOf), opponent.place - player.place)[at]];
  if (!was || !is) return;
  const weight = opponents.reduce((sum, each) => sum + worth.ofOpponent(player, each), 0) / opponents.length;
  return { rise: (weight * (is.mu - was.mu)) / player.share, narrowing: (is.sigma / was.sigma) ** weight };
}

/** A player's contribution to the side, in proportion to the time played. */
const partOf = ({ skill, share }: Rated): Skill => ({
  mu: share * (skill.mu - NEWCOMER.mu + PRESENCE),
  sigma: share * skill.sigma,
});
