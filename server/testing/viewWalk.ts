/** A long fight in which clients join, drop, return and leave, to compare what each decodes with what it may know. */
import { ClientState } from "@colyseus/core";
import { ENDLESS } from "#shared/modes/rules.ts";
import type { Command } from "#shared/schema/input.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { type Random, seededRandom } from "#shared/sim/random.ts";
import { readArena } from "#shared/testing/readMap.ts";
import { ViewTruth } from "./viewTruth.ts";
import { brainDriver, type Driver, lurkDriver } from "./wanderers.ts";
import { WatchedFight, type Watcher } from "./watchedFight.ts";

const WATCHERS = 6;
const BOTS = 6;

/** Twelve drones in the arena foundry, six of them with a client. */
export class ViewWalk {
  readonly fight: WatchedFight;
  readonly truth: ViewTruth;
  readonly counts = { deaths: 0, joins: 0, drops: 0, leaves: 0 };
  readonly #random: Random;
  readonly #drivers = new Map<string, Driver>();
  /** Dropped clients, and the number of patches until they return. */
  readonly #away = new Map<Watcher, number>();
  /** Clients that have not acknowledged their join, and the number of patches until they do. */
  readonly #joining = new Map<Watcher, number>();
  /** Differences found in first states. */
  readonly #wrong: string[] = [];
  #created = 0;

  /** `onFrame` is called with every frame that any client receives, in order. */
  constructor(seed: number, rules = ENDLESS, onFrame?: (frame: Uint8Array) => void) {
    this.fight = new WatchedFight(readArena("foundry"), seed, rules, onFrame);
    this.truth = new ViewTruth(this.fight.world.arena, this.fight.world.state);
    this.#random = seededRandom(seed + 100);
    for (let bot = 0; bot < BOTS; bot++) this.fight.seat(this.#newDriver("bot"));
    for (let watcher = 0; watcher < WATCHERS; watcher++) this.#join();
  }

  step(): SimEvent[] {
    const { state } = this.fight.world;
    const commands = new Map<string, Command[]>();
    for (const id of state.drones.keys()) {
      const driver = this.#drivers.get(id);
      if (driver) commands.set(id, [driver(state, id)]);
    }
    for (const { sessionId } of this.fight.watchers) {
      for (const command of commands.get(sessionId) ?? []) this.truth.noteCommand(sessionId, command);
    }
    const events = this.fight.step(commands);
    this.truth.note(events);
    this.counts.deaths += events.filter((event) => event.type === "kill").length;
    return events;
  }

  /** Lets clients join, drop, return and leave. To be called between ticks. */
  comeAndGo(): void {
    for (const [watcher, patches] of this.#joining) {
      if (patches > 0) this.#joining.set(watcher, patches - 1);
      else this.#acknowledge(watcher);
    }
    for (const [watcher, patches] of this.#away) {
      if (patches > 0) this.#away.set(watcher, patches - 1);
      else this.#return(watcher);
    }
    for (const watcher of [...this.fight.watchers]) {
      if (watcher.state !== ClientState.JOINED) continue;
      const chance = this.#random.next();
      if (chance < 0.002) this.#drop(watcher);
      else if (chance < 0.004) this.#leave(watcher);
    }
  }

  /** Differences in the state of any client. To be called after each patch. */
  check(): string[] {
    const joined = this.fight.watchers.filter((watcher) => watcher.state === ClientState.JOINED);
    const wrong = [...this.#wrong.splice(0), ...joined.flatMap((watcher) => this.truth.check(watcher))];
    this.truth.noteLastFields();
    return wrong;
  }

  #newDriver(kind: string): string {
    const number = this.#created++;
    const id = `${kind}-${number}`;
    const { arena } = this.fight.world;
    this.#drivers.set(id, number % 2 === 0 ? brainDriver(arena, number) : lurkDriver(arena, number));
    return id;
  }

  #join(): void {
    const watcher = this.fight.join(this.#newDriver("player"));
    this.#joining.set(watcher, Math.floor(this.#random.next() * 4));
    this.counts.joins++;
  }

  #acknowledge(watcher: Watcher): void {
    this.#joining.delete(watcher);
    this.fight.acknowledge(watcher);
    this.#wrong.push(...this.truth.checkFirst(watcher));
  }

  #drop(watcher: Watcher): void {
    this.fight.drop(watcher);
    this.#away.set(watcher, Math.floor(this.#random.next() * 60));
    this.counts.drops++;
  }

  #return(watcher: Watcher): void {
    this.#away.delete(watcher);
    const back = this.fight.reconnect(watcher, this.#random.next() < 0.5 ? "open" : "refreshed");
    this.#joining.set(back, Math.floor(this.#random.next() * 3));
  }

  #leave(watcher: Watcher): void {
    this.fight.leave(watcher);
    this.#drivers.delete(watcher.sessionId);
    this.counts.leaves++;
    this.#join();
  }
}
