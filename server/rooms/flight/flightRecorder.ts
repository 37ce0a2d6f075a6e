/**
 * Keeps a room's last minute, so that it can be simulated again to the bit: copies of the world (keyframes), and for each
 * tick the commands, the answers that the simulation was given, and the hash of the world after it.
 *
 * Changes of the world between two steps (joins, host actions, new rules, another map) are not recorded one by one: the
 * world's hash before a step then differs from the one after the step before, and a keyframe begins there.
 */
import { deserialize, serialize } from "node:v8";
import type { GameSnapshot } from "#server/admission/worldSnapshot.ts";
import { log } from "#server/log.ts";
import { snapshotGame } from "#server/rooms/worldSnapshot.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { type Commands, stepWorld } from "#shared/game/step.ts";
import { hashWorld } from "#shared/game/worldHash.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Rules } from "#shared/sim/rules.ts";
import type { SeenBy } from "#shared/sim/sight.ts";
import { ByteWriter } from "./bytes.ts";
import { CommandTape } from "./commandTape.ts";
import { recordSight } from "./sightTape.ts";

export const FLIGHT_TICKS = 60 * TICKS_PER_SEC;
/** A leg ends after so many ticks or bytes. */
const LEG_TICKS = FLIGHT_TICKS / 2;
const LEG_BYTES = 512 * 1024;
/** Limit of the memory of all legs but the newest: crowds have less than a minute, and a room in which much happens between steps, too. */
const FLIGHT_BYTES = 2 * 1024 * 1024;
/** Size of a leg in memory beside its bytes. */
const LEG_OWN_BYTES = 2 * 1024;
/**
 * Keyframes cost time by their entries: drones, shots, and statistics, which outlast their drones. While keyframes of more
 * entries become due, such as while hundreds join, ticks are not recorded.
 */
const ENTRIES_PER_TICK = 20;
const ENTRIES_BURST = 400;
/** Entries for each person whom a statistic names, such as by whom somebody was hurt. */
const ENTRIES_PER_OTHER = 1 / 8;

/** A part of a flight that needs no other: a keyframe, and the ticks after it. */
export interface Leg {
  readonly arena: Arena;
  readonly map: string;
  readonly rules: Rules;
  /** A copy of the world; worldIn reads it. */
  readonly keyframe: Uint8Array;
  /** The hash of the keyframe. */
  readonly hash: number;
  /** Drones by their slot in `commands`. */
  readonly ids: readonly string[];
  readonly commands: Uint8Array;
  readonly answers: Uint8Array;
  /** A word a tick. If a step has thrown, `commands` have one tick more than there are hashes. */
  readonly hashes: Uint32Array;
  readonly threw: boolean;
}

export const worldIn = ({ keyframe }: Pick<Leg, "keyframe">): GameSnapshot => deserialize(keyframe);

function entriesOf({ state, stats }: ArenaWorld): number {
  let others = 0;
  for (const { hurtBy, destroyedBy } of stats.values()) others += hurtBy.size + destroyedBy.size;
  return 1 + state.drones.size + state.projectiles.size + stats.size + others * ENTRIES_PER_OTHER;
}

/** A leg that is being recorded. */
class OpenLeg {
  /** Kept as bytes: as objects it would take many times as much, for a minute. */
  readonly #keyframe: Buffer;
  /** Held: an incident keeps the files of brought arenas. */
  readonly #arena: Arena;
  readonly #rules: Rules;
  readonly #hash: number;
  readonly #bytes = new ByteWriter();
  readonly #answers = new ByteWriter();
  readonly #hashes = new ByteWriter();
  readonly #tape = new CommandTape(this.#bytes);
  ticks = 0;
  threw = false;

  constructor(world: ArenaWorld, hash: number) {
    this.#keyframe = serialize(snapshotGame(world));
    this.#arena = world.arena;
    this.#rules = { ...world.rules };
    this.#hash = hash;
  }

  /** Size in memory. */
  get bytes(): number {
    return LEG_OWN_BYTES + this.#keyframe.buffer.byteLength + this.#taped;
  }

  get #taped(): number {
    return this.#bytes.capacity + this.#answers.capacity + this.#hashes.capacity;
  }

  get isFull(): boolean {
    return this.threw || this.ticks >= LEG_TICKS || this.#taped >= LEG_BYTES;
  }

  /** Call when no more ticks follow. */
  trim(): void {
    for (const written of [this.#bytes, this.#answers, this.#hashes]) written.trim();
  }

  begin(commands: Commands, seen: SeenBy): SeenBy {
    this.ticks++;
    this.#tape.write(commands);
    return recordSight(seen, this.#answers);
  }

  end(hash: number): void {
    this.#hashes.u32(hash);
  }

  close(): Leg {
    return {
      ...{
        arena: this.#arena,
        map: this.#arena.name,
        rules: this.#rules,
        keyframe: this.#keyframe,
        hash: this.#hash,
      },
      ids: [...this.#tape.ids],
      commands: this.#bytes.bytes(),
      answers: this.#answers.bytes(),
      hashes: new Uint32Array(this.#hashes.bytes().buffer),
      threw: this.threw,
    };
  }
}

export class FlightRecorder {
  readonly world: ArenaWorld;
  readonly #legs: OpenLeg[] = [];
  /** The hash of the world after the last recorded step; undefined if the step threw. */
  #hash: number | undefined;
  #budget = ENTRIES_BURST;
  #hasFailed = false;

  constructor(world: ArenaWorld) {
    this.world = world;
  }

  /** stepWorld, recorded. Throws what it throws, and nothing else. */
  step(commands: Commands, seen: SeenBy): SimEvent[] {
    const leg = this.#attempt(() => this.#legFrom(hashWorld(this.world)));
    const asked = leg && this.#attempt(() => leg.begin(commands, seen));
    if (!leg || !asked) return stepWorld(this.world, commands, seen);
    this.#hash = undefined;
    leg.threw = true;
    const events = stepWorld(this.world, commands, asked);
    leg.threw = false;
    this.#attempt(() => {
      this.#hash = hashWorld(this.world);
      leg.end(this.#hash);
    });
    return events;
  }

  /** A recorder that fails stops for good, and the match goes on. */
  #attempt<Value>(work: () => Value): Value | undefined {
    if (this.#hasFailed) return undefined;
    try {
      return work();
    } catch (error) {
      this.#hasFailed = true;
      log.error({ err: error }, "a flight recorder failed: its room records no more");
      return undefined;
    }
  }

  /** Size in memory. */
  get bytes(): number {
    return this.#legs.reduce((sum, leg) => sum + leg.bytes, 0);
  }

  /** All that is recorded, the oldest leg first. */
  flight(): Leg[] {
    return this.#legs.map((leg) => leg.close());
  }

  /** The leg that the next step belongs to; undefined if it is not recorded. */
  #legFrom(hash: number): OpenLeg | undefined {
    this.#budget = Math.min(ENTRIES_BURST, this.#budget + ENTRIES_PER_TICK);
    const current = this.#legs.at(-1);
    if (current && hash === this.#hash && !current.isFull) return current;
    const entries = entriesOf(this.world);
    // A world of more entries than the budget ever holds waits until it is whole.
    if (this.#budget < Math.min(entries, ENTRIES_BURST)) {
      this.#hash = undefined;
      return undefined;
    }
    this.#budget -= entries;
    current?.trim();
    const leg = new OpenLeg(this.world, hash);
    this.#legs.push(leg);
    this.#forget();
    return leg;
  }

  /** Drops the oldest legs while the others cover a minute, or are all that fits. */
  #forget(): void {
    const older = this.#legs.slice(0, -1);
    let ticks = older.reduce((total, leg) => total + leg.ticks, 0);
    let bytes = older.reduce((total, leg) => total + leg.bytes, 0);
    for (const oldest of older) {
      ticks -= oldest.ticks;
      if (ticks < FLIGHT_TICKS && bytes <= FLIGHT_BYTES) return;
      bytes -= oldest.bytes;
      this.#legs.shift();
    }
  }
}
