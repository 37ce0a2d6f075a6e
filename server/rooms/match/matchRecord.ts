/** Follows a match: records who takes part, on which side and for how long, and makes the result at its end. */
import { v7 as uuidV7 } from "uuid";
import type { KnownVisitor } from "#server/admission/joinOptions.ts";
import { type MatchForm, visitorForm, visitorOf } from "#server/admission/roomSnapshot.ts";
import { householdOf } from "#server/edge/networks.ts";
import { isSamePerson, type People } from "#server/rooms/people.ts";
import type { MatchResult } from "#server/store/results/matchResult.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { lineUp } from "#shared/sim/lineup.ts";
import { type Leaving, type MatchUnderWay, type Participant, resultOf } from "./matchOutcome.ts";

export class MatchRecord {
  readonly #world: ArenaWorld;
  readonly #people: Pick<People, "personIn">;
  #match: MatchUnderWay | undefined;
  #sampledTick = 0;

  constructor(world: ArenaWorld, people: Pick<People, "personIn">) {
    this.#world = world;
    this.#people = people;
  }

  /** Call when the live phase begins. Drops a match that was under way: its host has restarted it. */
  begin(): void {
    const { tick } = this.#world.state;
    this.#match = {
      id: uuidV7(),
      startedTick: tick,
      participants: [],
      bySeat: new Map(),
      households: new Map(),
    };
    this.#sampledTick = tick;
  }

  /** Call with the events of each step. Returns the result of a match that has ended, if it is to be kept. */
  follow(events: readonly SimEvent[]): MatchResult | undefined {
    const match = this.#underWay;
    if (match && this.#world.state.tick - this.#sampledTick >= TICKS_PER_SEC) this.#sample(match);
    for (const event of events) {
      if (event.type !== "match") continue;
      if (event.phase === "live") this.begin();
      else if (event.how) return this.#end(event.how);
    }
    return undefined;
  }

  /** The id of the match under way, which its result keeps. */
  get matchId(): string | undefined {
    return this.#underWay?.id;
  }

  /** Undefined between matches, and while a restarted match counts down. */
  get #underWay(): MatchUnderWay | undefined {
    return this.#world.state.phase === "live" ? this.#match : undefined;
  }

  /** Call when the seat has got a drone: it continues with the score that its player has in this match. */
  entered(id: string): void {
    const match = this.#underWay;
    const participant = match && this.#participantIn(match, id);
    const drone = this.#world.state.drones.get(id);
    if (!participant || !drone) return;
    drone.score += participant.score;
    participant.score = 0;
  }

  /** Call before the seat's drone is removed. */
  left(id: string, why: Leaving): void {
    const participant = this.#underWay?.bySeat.get(id);
    const drone = this.#world.state.drones.get(id);
    if (!participant || !drone) return;
    participant.score += drone.score;
    participant.left = { why, tick: this.#world.state.tick };
  }

  snapshot(): MatchForm | null {
    const match = this.#match;
    if (!match) return null;
    const { id, startedTick, participants } = match;
    return {
      id,
      startedTick,
      sampledTick: this.#sampledTick,
      participants: participants.map(formOf),
      bySeat: Array.from(match.bySeat, ([seat, participant]) => [seat, participants.indexOf(participant)]),
      households: [...match.households],
    };
  }

  /** The world must be restored. The match keeps its id, so that its result counts once. */
  restore(form: MatchForm | null): void {
    this.#match = undefined;
    if (!form) return;
    const participants = form.participants.map(participantOf);
    const bySeat = form.bySeat.flatMap(([seat, index]) => {
      const participant = participants[index];
      return participant ? [[seat, participant] as const] : [];
    });
    const { id, startedTick, sampledTick, households } = form;
    this.#match = { id, startedTick, participants, bySeat: new Map(bySeat), households: new Map(households) };
    this.#sampledTick = sampledTick;
  }

  #end(how: MatchResult["how"]): MatchResult | undefined {
    const match = this.#match;
    this.#match = undefined;
    if (!match) return undefined;
    this.#sample(match);
    return resultOf(this.#world, match, how);
  }

  /** Credits the ticks since the last sample to all drones. Once a second is exact enough, and spares a hook in each change of side. */
  #sample(match: MatchUnderWay): void {
    const { tick } = this.#world.state;
    const ticks = tick - this.#sampledTick;
    this.#sampledTick = tick;
    for (const { id, drone } of lineUp(this.#world).byId) {
      const { ticksOnTeam } = this.#participantIn(match, id);
      ticksOnTeam.set(drone.team, (ticksOnTeam.get(drone.team) ?? 0) + ticks);
    }
  }

  /** The participant in a seat that has a drone. */
  #participantIn(match: MatchUnderWay, id: string): Participant {
    const known = match.bySeat.get(id);
    if (known) {
      known.left = null;
      return known;
    }
    const person = this.#people.personIn(id);
    const participant = (person && returned(match, person)) ?? this.#newcomer(match, id, person);
    Object.assign(participant, { person, left: null });
    participant.seats.add(id);
    match.bySeat.set(id, participant);
    return participant;
  }

  #newcomer(match: MatchUnderWay, id: string, person: KnownVisitor | undefined): Participant {
    const participant: Participant = {
      person,
      name: this.#world.state.roster.get(id)?.name ?? "",
      network: person ? networkIn(match, person) : null,
      seats: new Set(),
      ticksOnTeam: new Map(),
      score: 0,
      left: null,
    };
    match.participants.push(participant);
    return participant;
  }
}

const formOf = ({ person, seats, ticksOnTeam, ...rest }: Participant): MatchForm["participants"][number] => ({
  ...rest,
  person: person ? visitorForm(person) : null,
  seats: [...seats],
  ticksOnTeam: [...ticksOnTeam],
});

const participantOf = ({
  person,
  seats,
  ticksOnTeam,
  ...rest
}: MatchForm["participants"][number]): Participant => ({
  ...rest,
  person: person ? visitorOf(person) : undefined,
  seats: new Set(seats),
  ticksOnTeam: new Map(ticksOnTeam),
});

/** The participant who has come back. */
const returned = ({ participants }: MatchUnderWay, person: KnownVisitor): Participant | undefined =>
  participants.find((participant) => participant.person && isSamePerson(participant.person, person));

/** Numbers households in the order in which they came; null for a person of unknown network. */
function networkIn({ households }: MatchUnderWay, { network }: KnownVisitor): number | null {
  if (network === "") return null;
  const household = householdOf(network);
  const number = households.get(household) ?? households.size;
  households.set(household, number);
  return number;
}
