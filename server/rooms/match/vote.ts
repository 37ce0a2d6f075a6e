/** The vote on the next map and mode: three candidates, one vote per player, ties broken at random. */
import { publicMaps } from "#server/arenas.ts";
import { playersIn } from "#server/rooms/seats.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { companyOf, suits } from "#shared/arena/company.ts";
import type { ModeName } from "#shared/schema/names.ts";
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
  /** Players who were connected before the room moved: it must not end the vote before they can be back. */
  readonly #awaited = new Set<string>();

  constructor(state: ArenaState, random: Random) {
    this.#state = state;
    this.#random = random;
  }

  /** Chooses candidates that suit the room. The match just played is a candidate only if others run out. */
  open(): void {
    this.close();
    const playable = shuffled(combinations(this.#state), this.#random);
    const fresh = playable.filter(({ map, mode }) => map !== this.#state.map || mode !== this.#state.mode);
    const chosen = [...different(fresh), ...playable].slice(0, CANDIDATES);
    for (const { map, mode } of chosen) this.#state.candidates.push(new Candidate({ map, mode, votes: 0 }));
  }

  /** Casts or changes a player's vote. False when there is no such candidate. */
  cast(sessionId: string, choice: number): boolean {
    if (!this.#state.candidates[choice]) return false;
    this.#choices.set(sessionId, choice);
    this.#count();
    return true;
  }

  /** Withdraws the vote of a player who has left the fight. */
  forget(sessionId: string): void {
    this.#awaited.delete(sessionId);
    if (this.#choices.delete(sessionId)) this.#count();
  }

  /** Whether every connected player has voted. */
  isComplete(): boolean {
    const seats = [...this.#state.roster.entries()].filter(
      ([id, { bot, connected, spectating }]) => (connected || this.#awaited.has(id)) && !bot && !spectating,
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
    this.#awaited.clear();
    this.#state.candidates.clear();
  }

  /** [seat, index of the candidate]; the candidates are in the state. */
  snapshot(): [string, number][] {
    return [...this.#choices];
  }

  /** `awaited`: the seats that were connected. */
  restore(choices: readonly (readonly [string, number])[], awaited: Iterable<string>): void {
    for (const id of awaited) this.#awaited.add(id);
    for (const [seat, choice] of choices) this.#choices.set(seat, choice);
  }

  #count(): void {
    const choices = [...this.#choices.values()];
    for (const [index, candidate] of this.#state.candidates.entries()) {
      candidate.votes = choices.filter((choice) => choice === index).length;
    }
  }
}

/** Every mode of every map that suits the room; all maps when none does. In a public room bots come and go with the map. */
function combinations(state: ArenaState): NextMatch[] {
  const arenas = publicMaps()
    .map(({ arena }) => arena)
    .filter(({ use }) => use === "match");
  const people = playersIn(state);
  const dronesIn = (arena: Arena) => (state.hosted ? state.drones.size : Math.max(people, companyOf(arena)));
  const fitting = arenas.filter((arena) => suits(arena, dronesIn(arena)));
  return (fitting.length > 0 ? fitting : arenas).flatMap(({ name, modes }) =>
    modes.map((mode) => ({ map: name, mode })),
  );
}

/** Takes CANDIDATES of them in their order, or all: of other modes and arenas than those before, as far as there are some. */
function different(combinations: readonly NextMatch[]): NextMatch[] {
  const chosen: NextMatch[] = [];
  const isNewMode = ({ mode }: NextMatch) => chosen.every((each) => each.mode !== mode);
  const isNewMap = ({ map }: NextMatch) => chosen.every((each) => each.map !== map);
  while (chosen.length < CANDIDATES) {
    const left = combinations.filter((each) => !chosen.includes(each));
    const next =
      left.find((each) => isNewMode(each) && isNewMap(each)) ??
      left.find(isNewMode) ??
      left.find(isNewMap) ??
      left[0];
    if (!next) break;
    chosen.push(next);
  }
  return chosen;
}

function shuffled<Value>(values: readonly Value[], random: Random): Value[] {
  return values
    .map((value) => ({ value, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}
