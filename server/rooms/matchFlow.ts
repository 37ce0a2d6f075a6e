/** From one match to the next: a vote while the results are up, then another arena, other rules, other sides. */
import { TICKS_PER_SEC, TIME_LIMIT_TICKS } from "#shared/config.ts";
import { beginMatch, setUpMatch } from "#shared/modes/match.ts";
import type { ModeName } from "#shared/modes/modes.ts";
import { type Rules, rulesOf } from "#shared/modes/rules.ts";
import type { ArenaWorld } from "#shared/sim/createWorld.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { spawnDrone } from "#shared/sim/spawn.ts";
import type { Bots } from "./bots.ts";
import { assignTeams } from "./seats.ts";
import { Vote } from "./vote.ts";

/** When everybody has voted nobody waits for the end of the results: so long may one still think again. */
const ALL_VOTED_TICKS = 3 * TICKS_PER_SEC;

export class MatchFlow {
  readonly vote: Vote;
  readonly #world: ArenaWorld;
  readonly #bots: Bots;
  #timeLimitTicks = TIME_LIMIT_TICKS;

  constructor(world: ArenaWorld, bots: Bots) {
    this.#world = world;
    this.#bots = bots;
    this.vote = new Vote(world.state, world.random);
  }

  /** How long each match may last, and the one that has just begun. */
  limitTime(ticks: number): void {
    this.#timeLimitTicks = ticks;
    this.#world.rules = this.#rulesOf(this.#world.rules.mode);
    beginMatch(this.#world);
  }

  /** After each step. True when the world is another one: whoever knew the old one must be told everything anew. */
  follow(events: readonly SimEvent[]): boolean {
    const isDecided = events.some((event) => event.type === "match" && event.phase === "results");
    if (isDecided) this.vote.open(this.#world.state.drones.size);
    if (this.#world.state.phase === "results" && this.vote.isComplete()) this.#endSoon();
    if (this.#world.state.phase !== "over") return false;
    this.#goOn();
    return true;
  }

  #rulesOf(mode: ModeName): Rules {
    return { ...rulesOf(mode), timeLimitTicks: this.#timeLimitTicks };
  }

  #endSoon(): void {
    const { state } = this.#world;
    state.phaseEndsTick = Math.min(state.phaseEndsTick, state.tick + ALL_VOTED_TICKS);
  }

  /** Everybody stands in the new arena at once: the old place may be in one of its walls. */
  #goOn(): void {
    const { arena, rules, state } = this.#world;
    const next = this.vote.winner() ?? { arena, mode: rules.mode };
    this.vote.close();
    setUpMatch(this.#world, next.arena, this.#rulesOf(next.mode));
    assignTeams(this.#world);
    this.#bots.forgetArena();
    for (const [id, drone] of state.drones.entries()) spawnDrone(this.#world, id, drone, []);
  }
}
