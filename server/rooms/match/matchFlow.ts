/** The change from one match to the next: the vote while the results show, then the new map, mode and sides. */
import { arenaOf } from "#server/arenas.ts";
import { botsWanted } from "#server/rooms/seats.ts";
import { isPlayable, mayBegin, onPublicMap, type Settings } from "#server/rooms/settings.ts";
import { assignTeams, type StrengthOf } from "#server/rooms/sides.ts";
import type { Bots } from "#server/rooms/tick/bots.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { setUpMatch } from "#shared/modes/match.ts";
import { rulesUnder } from "#shared/protocol/roomSettings.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { spawnDrone } from "#shared/sim/spawn.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import { Vote } from "./vote.ts";

/** Once all players have voted, the results end after this time, in which they may still change their votes. */
const ALL_VOTED_TICKS = 3 * TICKS_PER_SEC;

export class MatchFlow {
  readonly vote: Vote;
  readonly #world: ArenaWorld;
  readonly #bots: Bots;
  readonly #settings: Settings;
  readonly #strengthOf: StrengthOf;
  readonly #mapGone: () => void;

  /** `mapGone`: called when the map of the settings cannot be played any more, and another one takes its place. */
  constructor(
    world: ArenaWorld,
    bots: Bots,
    settings: Settings,
    strengthOf: StrengthOf,
    mapGone: () => void,
  ) {
    this.#world = world;
    this.#bots = bots;
    this.#settings = settings;
    this.#strengthOf = strengthOf;
    this.#mapGone = mapGone;
    this.vote = new Vote(world.state, world.random);
  }

  /** To be called after each step with its events. True when it has set up a match: every client
   * then needs a new view and a full state. */
  follow(events: readonly SimEvent[]): boolean {
    const { state } = this.#world;
    const isDecided = events.some((event) => event.type === "match" && event.phase === "results");
    if (isDecided && this.#settings.now.vote) this.vote.open();
    if (state.phase === "results" && this.vote.isComplete()) this.#endSoon();
    // It was removed while the room waited.
    if (state.phase === "countdown" && !isPlayable(state)) {
      this.setUp();
      return true;
    }
    if (state.phase !== "over") return false;
    const winner = this.vote.winner();
    // The vote becomes the room's setting, so that a restart plays the same match again.
    // A restored room may have candidates that this server lacks, and an arena may have been removed.
    if (winner && mayBegin(winner, state.hosted)) this.#settings.change(winner);
    this.setUp();
    return true;
  }

  #endSoon(): void {
    const { state } = this.#world;
    state.phaseEndsTick = Math.min(state.phaseEndsTick, state.tick + ALL_VOTED_TICKS);
  }

  /** Sets up a match from the settings. Spawns all drones at once: their old positions may be inside walls. */
  setUp(): void {
    this.#replaceGoneMap();
    const { now } = this.#settings;
    const rules = rulesUnder(now);
    const keepSides = now.teamChoice !== "even" && isTeamed(this.#world.rules) && isTeamed(rules);
    this.vote.close();
    setUpMatch(this.#world, arenaOf(now.map), rules);
    // Another arena may want other company.
    this.#bots.fill(botsWanted(this.#world, now, this.#bots.count));
    assignTeams(this.#world, keepSides, this.#strengthOf);
    this.#bots.forgetArena();
    for (const [id, drone] of this.#world.state.drones.entries()) spawnDrone(this.#world, id, drone, []);
  }

  #replaceGoneMap(): void {
    const { now } = this.#settings;
    if (mayBegin(now, this.#world.state.hosted)) return;
    this.#settings.change({ map: onPublicMap(now).map });
    this.#mapGone();
  }
}
