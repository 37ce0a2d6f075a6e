/** Drives a bot that decodes what it is sent, predicts like a page, and plays with the shared brain. */
import type { ArenaLink } from "#client/net/arenaLink.ts";
import { createPrediction, type Prediction } from "#client/net/prediction.ts";
import type { Arena } from "#shared/arena/arena.ts";
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
import { count, type Tally } from "./tally.ts";

export interface PilotSetup {
  readonly room: ArenaLink;
  readonly tally: Tally;
  readonly random: Random;
  readonly skill: SkillName;
  /** By the name of its map. */
  readonly arenaOf: (map: string) => Promise<Arena>;
  readonly onSent: (seq: number) => void;
}

/** A drone in an arena: both are others after a new match, and after a drop. */
interface Flight {
  readonly own: Drone;
  readonly map: string;
  readonly snapshot: WorldSnapshot;
  readonly brain: Brain;
  readonly prediction: Prediction;
  phase: string;
  /** Until then, what is corrected was not predicted wrongly. */
  settledAtMs: number;
}

/** At a match's start and end everybody is put elsewhere: that is news, and has arrived after so long. */
const SETTLE_MS = 500;

export function createPilot({ room, tally, random, skill, arenaOf, onSent }: PilotSetup): Driver {
  let flight: Flight | undefined;
  let loading = false;
  let heard: SimEvent[] = [];
  const offMessage = room.onMessage(MESSAGE.event, ({ events }: EventMessage) => {
    heard.push(...unpackEvents(events));
  });
  let offSend: (() => void) | undefined;

  const land = () => {
    flight?.prediction.dispose();
    flight = undefined;
  };

  const takeOff = async (own: Drone) => {
    loading = true;
    const { map } = room.state;
    const arena = await arenaOf(map);
    loading = false;
    if (room.state.map !== map || room.state.drones.get(room.sessionId) !== own) return;
    const snapshot = new WorldSnapshot(arena);
    const prediction = createPrediction(room, own, arena);
    // Not before: who asks for the input first says how it is sent.
    offSend ??= room.input().onSend(onSent);
    flight = {
      own,
      map,
      snapshot,
      brain: createBrain(arena, random, skill),
      prediction,
      ...newPhase(room.state.phase),
    };
  };

  const command = ({ snapshot, brain, prediction }: Flight) => {
    snapshot.read(room.state, heard);
    heard = [];
    const perception = snapshot.perceptionOf(room.sessionId);
    if (perception) prediction.send(brain.think(perception));
  };

  return {
    frame(nowMs) {
      const { state, sessionId } = room;
      const own = state.drones.get(sessionId);
      if (flight && (own !== flight.own || state.map !== flight.map)) land();
      if (!own || loading) return;
      // A map that cannot be had is asked for once.
      if (!flight) return void takeOff(own).catch((error: Error) => count(tally.errors, error.message));
      for (let due = flight.prediction.advance(nowMs); due > 0; due--) command(flight);
      if (flight.phase !== state.phase) Object.assign(flight, newPhase(state.phase));
      noteCorrections(flight, tally);
    },
    restart: land,
    dispose() {
      land();
      offMessage();
      offSend?.();
    },
  };
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
