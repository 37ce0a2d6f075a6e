/** A seeded match of bots without a network or a clock, which is recorded while a spectator sees everything late. */
import type { Client } from "@colyseus/core";
import { isFullState, isStateFrame } from "#server/colyseus/internals.ts";
import { Recording } from "#server/rooms/recording/recording.ts";
import { sendEvents } from "#server/rooms/sync/eventFanout.ts";
import type { Tapes } from "#server/services/replays/tape.ts";
import { type Brain, createBrain } from "#shared/brain/brain.ts";
import { WorldSnapshot } from "#shared/brain/worldSnapshot.ts";
import { PATCHES_PER_SEC, TICK_MS, TICKS_PER_SEC } from "#shared/config.ts";
import { callOff } from "#shared/modes/match.ts";
import { RoomSettings, rulesUnder } from "#shared/protocol/roomSettings.ts";
import type { Command } from "#shared/schema/input.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { OWN_FIELDS } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { readArena } from "#shared/testing/readMap.ts";
import { WatchedFight, Watcher } from "./watchedFight.ts";

/** Maps of the modes that need flags or a hill. */
const MAP_OF: Readonly<Partial<Record<ModeName, string>>> = {
  captureTheFlag: "causeway",
  kingOfTheHill: "causeway",
};

/** Notes what a client knows after each patch. */
export class Diary extends Watcher {
  /** By tick: the decoded state as JSON. */
  readonly states = new Map<number, string>();
  /** By tick: the number of its patch, counted from 0 since the newest full state. */
  readonly places = new Map<number, number>();
  readonly messages: Uint8Array[] = [];
  #patches = 0;

  /** Fields of drones that only their players may know, and this client knows. */
  readonly secrets = new Set<string>();

  override raw(frame: Uint8Array): void {
    if (!isStateFrame(frame)) return void this.messages.push(new Uint8Array(frame));
    super.raw(frame);
    // The view comes with the patch after it.
    if (isFullState(frame)) this.#patches = 0;
    else this.#note();
  }

  #note(): void {
    const { tick, drones } = this.decoded;
    this.states.set(tick, sortedJson(this.decoded.toJSON()));
    this.places.set(tick, this.#patches++);
    for (const drone of drones.values())
      for (const field of OWN_FIELDS) if (Reflect.get(drone, field) !== undefined) this.secrets.add(field);
  }
}

/** Two clients may learn of the entries of a map in another order. */
export const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_key, inner) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

export interface RecordedFightParts {
  readonly mode: ModeName;
  /** The default is a map that is made for the mode. */
  readonly map?: string;
  readonly seed: number;
  readonly tapes: Tapes | undefined;
  readonly match: string;
  /** How long the match lasts until it is called off. */
  readonly seconds: number;
  /** Drones that fight. */
  readonly drones?: number;
  /** Seats of the room. */
  readonly players?: number;
}

/** The recording's aftermath, then the spectator's delay, and less than the results last. */
const AFTERWARDS_TICKS = 14 * TICKS_PER_SEC;

export class RecordedFight {
  readonly fight: WatchedFight;
  /** Sees everything late. */
  readonly spectator = new Diary("spectator");
  readonly #parts: RecordedFightParts;
  readonly #snapshot: WorldSnapshot;
  readonly #brains = new Map<string, Brain>();
  recording: Recording;
  #pausedMs = 0;

  constructor(parts: RecordedFightParts) {
    const { mode, map = MAP_OF[mode] ?? "foundry", seed, drones = 6, players = 16 } = parts;
    this.#parts = parts;
    const arena = readArena(map);
    this.fight = new WatchedFight(arena, seed, rulesUnder(RoomSettings.parse({ mode })));
    Object.assign(this.fight.settings.now, { mode, spectating: "delayed", players });
    this.recording = this.newRecording();
    this.#snapshot = new WorldSnapshot(arena);
    for (let number = 0; number < drones; number++) {
      const id = `bot-${number}`;
      this.fight.seat(id);
      this.#brains.set(id, createBrain(arena, seededRandom(seed * 100 + number)));
    }
    this.fight.spectate(this.spectator);
  }

  /** The recording of another instance of the room. */
  newRecording(): Recording {
    const { fight } = this;
    const { world, settings, visibility, recorders } = fight;
    const { match, tapes } = this.#parts;
    return new Recording({
      ...{ world, settings, visibility, recorders, tapes: () => tapes },
      record: {
        get matchId() {
          return world.state.phase === "live" ? match : undefined;
        },
      },
      room: "BCDFG",
      nowMs: () => fight.nowMs,
      handshake: () => fight.handshake(),
    });
  }

  /** Plays the match, and until the spectator has seen all that was recorded. */
  playOut(): void {
    for (let tick = 0; tick < this.#parts.seconds * TICKS_PER_SEC; tick++) this.step();
    const ending: SimEvent[] = [];
    callOff(this.fight.world, ending);
    this.#happened(ending);
    for (let tick = 0; tick < AFTERWARDS_TICKS; tick++) this.step();
  }

  /** Patches go on, one a second, and ticks do not. */
  pause(seconds: number): void {
    const { fight, recording } = this;
    fight.world.state.paused = true;
    for (let second = 0; second < seconds; second++) {
      this.#pausedMs += 1000;
      fight.nowMs += 1000;
      recording.beforePatch();
      fight.patch();
    }
    fight.world.state.paused = false;
  }

  step(): void {
    const { fight, recording } = this;
    const { state } = fight.world;
    const events = fight.step(state.phase === "live" ? this.#commands() : new Map());
    fight.nowMs = Math.round(state.tick * TICK_MS) + this.#pausedMs;
    this.#happened(events);
    if (!isPatchDue(state.tick)) return;
    recording.beforePatch();
    fight.patch();
  }

  #commands(): Map<string, Command[]> {
    this.#snapshot.read(this.fight.world.state);
    const commands = Array.from(this.#brains, ([id, brain]): [string, Command[]] => {
      const perception = this.#snapshot.perceptionOf(id);
      return [id, perception ? [brain.think(perception)] : []];
    });
    return new Map(commands);
  }

  #happened(events: readonly SimEvent[]): void {
    const { visibility, world, recorders } = this.fight;
    sendEvents([this.spectator as unknown as Client, ...recorders], visibility, world, events);
    this.recording.follow(events);
  }
}

/** Two of three ticks. */
const isPatchDue = (tick: number): boolean =>
  Math.floor((tick * PATCHES_PER_SEC) / TICKS_PER_SEC) >
  Math.floor(((tick - 1) * PATCHES_PER_SEC) / TICKS_PER_SEC);
