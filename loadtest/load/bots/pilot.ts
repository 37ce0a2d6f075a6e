/** Drives a full bot: decodes patches, predicts as the page does, and plays with the shared brain. */
import type { ArenaLink } from "#client/net/arenaLink.ts";
import { createPrediction, type Prediction } from "#client/net/prediction.ts";
import { type Brain, createBrain } from "#shared/brain/brain.ts";
import type { SkillName } from "#shared/brain/skill.ts";
import { WorldSnapshot } from "#shared/brain/worldSnapshot.ts";
import { unpackEvents } from "#shared/protocol/eventCodec.ts";
import type { EventMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { Drone } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Random } from "#shared/sim/random.ts";
import type { Driver } from "./driver.ts";
import type { ArenaOf } from "./maps.ts";
import { count, type Tally } from "./tally.ts";

export interface PilotSetup {
  readonly room: ArenaLink;
  readonly tally: Tally;
  readonly random: Random;
  readonly skill: SkillName;
  readonly arenaOf: ArenaOf;
  readonly onSent: (seq: number) => void;
}

/** One drone in one arena. A new match or a reconnect may replace either. */
interface Flight {
  readonly own: Drone;
  readonly map: string;
  readonly snapshot: WorldSnapshot;
  readonly brain: Brain;
  readonly prediction: Prediction;
  phase: string;
  /** Corrections before this time are not prediction errors. */
  settledAtMs: number;
}

/** The start and the end of a match move all drones; their new positions arrive within this time. */
const SETTLE_MS = 500;

export const createPilot = (setup: PilotSetup): Driver => new Pilot(setup);

class Pilot implements Driver {
  readonly #setup: PilotSetup;
  #flight: Flight | undefined;
  #isLoading = false;
  #events: SimEvent[] = [];
  readonly #offMessage: () => void;
  #offSend: (() => void) | undefined;

  constructor(setup: PilotSetup) {
    this.#setup = setup;
    this.#offMessage = setup.room.onMessage(MESSAGE.event, ({ events }: EventMessage) => {
      this.#events.push(...unpackEvents(events));
    });
  }

  frame(nowMs: number): void {
    const { room, tally } = this.#setup;
    const { state, sessionId } = room;
    const own = state.drones.get(sessionId);
    if (this.#flight && (own !== this.#flight.own || state.map !== this.#flight.map)) this.restart();
    if (!own || this.#isLoading) return;
    const flight = this.#flight;
    if (!flight) {
      void this.#takeOff(own).catch((error: Error) => count(tally.errors, error.message));
      return;
    }
    for (let due = flight.prediction.advance(nowMs); due > 0; due--) this.#sendCommand(flight);
    if (flight.phase !== state.phase) Object.assign(flight, newPhase(state.phase));
    noteCorrections(flight, tally);
  }

  restart(): void {
    this.#flight?.prediction.dispose();
    this.#flight = undefined;
  }

  dispose(): void {
    this.restart();
    this.#offMessage();
    this.#offSend?.();
  }

  /** After a map that cannot be loaded it stays in loading, so the error is counted once. */
  async #takeOff(own: Drone): Promise<void> {
    const { room, random, skill, arenaOf, onSent } = this.#setup;
    this.#isLoading = true;
    const { map } = room.state;
    const arena = await arenaOf(map);
    this.#isLoading = false;
    if (room.state.map !== map || room.state.drones.get(room.sessionId) !== own) return;
    const prediction = createPrediction(room, own, arena);
    // Not earlier: the first call of room.input() configures the stream, and that is the prediction's.
    this.#offSend ??= room.input().onSend(onSent);
    this.#flight = {
      own,
      map,
      prediction,
      snapshot: new WorldSnapshot(arena),
      brain: createBrain(arena, random, skill),
      ...newPhase(room.state.phase),
    };
  }

  #sendCommand({ snapshot, brain, prediction }: Flight): void {
    const { room } = this.#setup;
    snapshot.read(room.state, this.#events);
    this.#events = [];
    const perception = snapshot.perceptionOf(room.sessionId);
    if (perception) prediction.send(brain.think(perception));
  }
}

const newPhase = (phase: string) => ({ phase, settledAtMs: performance.now() + SETTLE_MS });

function noteCorrections({ prediction, settledAtMs }: Flight, { counts }: Tally): void {
  const made = prediction.corrections;
  if (made.count === 0) return;
  if (performance.now() > settledAtMs) {
    counts.corrections += made.count;
    counts.correctedPx += made.sumPx;
    counts.largestCorrectionPx = Math.max(counts.largestCorrectionPx, made.maxPx);
  }
  Object.assign(made, { count: 0, maxPx: 0, sumPx: 0 });
}
