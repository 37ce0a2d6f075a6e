/** What is played next: a few candidates, a vote for each player, chance among equals. */
import { MAPS } from "#server/arenas.ts";
import { MODE_NAMES, type ModeName } from "#shared/modes/modes.ts";
import { type ArenaState, Candidate } from "#shared/schema/state.ts";
import { pickIndex, type Random } from "#shared/sim/random.ts";

const CANDIDATES = 3;

export interface NextMatch {
  map: string;
  mode: ModeName;
}

export class Vote {
  readonly #state: ArenaState;
  readonly #random: Random;
  readonly #choices = new Map<string, number>();

  constructor(state: ArenaState, random: Random) {
    this.#state = state;
    this.#random = random;
  }

  /** Puts up candidates for so many drones; what has just been played comes last. */
  open(drones: number): void {
    this.close();
    const playable = shuffled(combinations(drones), this.#random);
    const fresh = playable.filter(({ map, mode }) => map !== this.#state.map || mode !== this.#state.mode);
    const chosen = [...distinct(fresh), ...fresh, ...playable].slice(0, CANDIDATES);
    for (const { map, mode } of chosen) this.#state.candidates.push(new Candidate({ map, mode, votes: 0 }));
  }

  /** A player may think again. False when there is nothing to vote on, or no such candidate. */
  cast(sessionId: string, choice: number): boolean {
    if (!this.#state.candidates[choice]) return false;
    this.#choices.set(sessionId, choice);
    this.#count();
    return true;
  }

  /** Who has gone has no say. */
  forget(sessionId: string): void {
    if (this.#choices.delete(sessionId)) this.#count();
  }

  /** Whether all have voted who can: players who are there. */
  isComplete(): boolean {
    const seats = [...this.#state.roster.entries()].filter(
      ([, { bot, connected, spectating }]) => connected && !bot && !spectating,
    );
    return seats.length > 0 && seats.every(([id]) => this.#choices.has(id));
  }

  winner(): NextMatch | undefined {
    const most = Math.max(...Array.from(this.#state.candidates, ({ votes }) => votes));
    const best = Array.from(this.#state.candidates).filter(({ votes }) => votes === most);
    const winner = best[pickIndex(this.#random, best.length)];
    return winner && { map: winner.map, mode: winner.mode };
  }

  close(): void {
    this.#choices.clear();
    this.#state.candidates.clear();
  }

  #count(): void {
    const choices = [...this.#choices.values()];
    for (const [index, candidate] of this.#state.candidates.entries()) {
      candidate.votes = choices.filter((choice) => choice === index).length;
    }
  }
}

interface Combination {
  map: string;
  mode: ModeName;
}

/** Every map with each of its modes that is not lost on so many drones; if there is none, all. */
function combinations(drones: number): Combination[] {
  const arenas = Array.from(MAPS.values(), ({ arena }) => arena);
  const fitting = arenas.filter(({ players }) => drones <= players.max && drones >= players.min / 2);
  return (fitting.length > 0 ? fitting : arenas).flatMap(({ name, modes }) =>
    modes.map((mode) => ({ map: name, mode })),
  );
}

/** One of each mode, so that a vote is a choice. */
function distinct(combinations: readonly Combination[]): Combination[] {
  return MODE_NAMES.flatMap((wanted) => combinations.find(({ mode }) => mode === wanted) ?? []);
}

function shuffled<Value>(values: readonly Value[], random: Random): Value[] {
  return values
    .map((value) => ({ value, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}
