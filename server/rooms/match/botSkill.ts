/**
 * Sets the skill of a public room's bots: easy in a newcomer's first match, then by how well its people do. A hosted room's
 * bots play as its host wishes.
 */
import type { Points } from "#server/admission/joinOptions.ts";
import type { People } from "#server/rooms/people.ts";
import type { Bots } from "#server/rooms/tick/bots.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { NEWCOMER, pointsOf } from "#shared/rating/skill.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Stats } from "#shared/sim/world.ts";

/** Skills are 0 (easy) … 1 (hard) as in brain/skill.ts, and change in steps of this. */
export const SKILL_STEP = 0.25;
/** A match with fewer kills and deaths says nothing. */
const FIGHTS_MIN = 3;
/** The share of a person's fights that were won, below and above which the bots change. */
const EVEN = { from: 0.4, to: 0.6 } as const;
/** Points beyond a newcomer's at which bots are hard. */
const HARD_POINTS = 1000;

const inSteps = (skill: number): number =>
  Math.round(Math.max(0, Math.min(skill, 1)) / SKILL_STEP) * SKILL_STEP;

/** The bots' skill for somebody who comes into the room, by their best mode, else by their level from playing. */
export function firstSkill({ points, level }: { points: Points; level: number }): number {
  const most = Math.max(...Object.values(points));
  if (Number.isFinite(most)) {
    return Math.max(SKILL_STEP, inSteps((most - pointsOf(NEWCOMER)) / HARD_POINTS));
  }
  return Math.min(0.5, Math.floor(level / 2) * SKILL_STEP);
}

/** The skill after a match in which the person won and lost so many fights. */
export function nextSkill(skill: number, { kills, deaths }: Pick<Stats, "kills" | "deaths">): number {
  const fights = kills + deaths;
  if (fights < FIGHTS_MIN) return skill;
  const won = kills / fights;
  if (won > EVEN.to) return inSteps(skill + SKILL_STEP);
  return won < EVEN.from ? inSteps(skill - SKILL_STEP) : skill;
}

/** One skill for all of them: the average. Normal where nobody plays. */
export const skillFor = (people: readonly number[]): number =>
  people.length === 0 ? 0.5 : inSteps(people.reduce((sum, skill) => sum + skill, 0) / people.length);

export class BotSkill {
  readonly #world: ArenaWorld;
  readonly #bots: Bots;
  readonly #people: Pick<People, "personIn">;
  /** By seat. */
  #skills = new Map<string, number>();

  constructor(world: ArenaWorld, bots: Bots, people: Pick<People, "personIn">) {
    this.#world = world;
    this.#bots = bots;
    this.#people = people;
  }

  /** Call after people came, left or changed places. */
  adjust(): void {
    const { hosted, roster } = this.#world.state;
    if (hosted) return;
    const before = this.#skills;
    this.#skills = new Map();
    for (const [id, { bot, spectating, level }] of roster.entries()) {
      if (bot || spectating) continue;
      const points = this.#people.personIn(id)?.entrant.points ?? {};
      this.#skills.set(id, before.get(id) ?? firstSkill({ points, level }));
    }
    // While nobody is there the bots stay as they are.
    if (this.#skills.size > 0) this.#bots.train(skillFor([...this.#skills.values()]));
  }

  /** Call with the events of each step. At the end of a match each person's skill follows how they did. */
  follow(events: readonly SimEvent[]): void {
    if (!events.some((event) => event.type === "match" && event.phase === "results")) return;
    for (const [id, skill] of this.#skills) {
      const stats = this.#world.stats.get(id);
      if (stats) this.#skills.set(id, nextSkill(skill, stats));
    }
    this.adjust();
  }

  /** [seat, skill]. */
  snapshot(): [string, number][] {
    return [...this.#skills];
  }

  restore(skills: readonly (readonly [string, number])[]): void {
    this.#skills = new Map(skills);
  }
}
