/**
 * A room's world on the servers other than Fracas: Fracas' own simulation, on plain objects, so that nobody pays for the
 * change tracking of a schema that it does not send. All three share it, and differ only in how they communicate.
 */
import type { FightScenario } from "#loadtest/bench/scenarios/fight.ts";
import { CommandQueue } from "#loadtest/bench/servers/commandQueue.ts";
import type { Member, RoomWorld } from "#loadtest/bench/servers/roomWorld.ts";
import { arenaOf } from "#server/arenas.ts";
import { type PublicRules, publicSettings } from "#server/rooms/settings.ts";
import { worldAround } from "#shared/game/createWorld.ts";
import { stepWorld } from "#shared/game/step.ts";
import { rulesUnder } from "#shared/protocol/roomSettings.ts";
import type { Command } from "#shared/schema/input.ts";
import { type Award, Drone, type Hill } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { createDrone, spawnDrone } from "#shared/sim/spawn.ts";
import type { World } from "#shared/sim/world.ts";
import { FightWatch, type Fought } from "./fightWatch.ts";

/** Rules of Fracas' public rooms under which no match ends while the bench measures. */
export const fightRules = ({ roomSize }: FightScenario): PublicRules => ({
  players: roomSize,
  timeLimitMin: 60,
  scoreLimit: 10_000,
});

export interface Fighter extends Member {
  readonly drone: Drone;
}

export class Fight implements RoomWorld<Fighter, readonly SimEvent[]> {
  readonly kind = "fight";
  readonly world: World;
  readonly fighters = new Map<string, Fighter>();
  readonly #watch: FightWatch;
  readonly #commands = new Map<string, readonly Command[]>();

  /** `seed` is the room's own. */
  constructor(scenario: FightScenario, seed: number, fought: Fought) {
    this.world = createPlainWorld(scenario, seed);
    this.#watch = new FightWatch(fought);
  }

  get tick(): number {
    return this.world.state.tick;
  }

  add(player: number, id: string): Fighter {
    const { world } = this;
    const drone = asPlain(createDrone(id, freeTeam(world)));
    world.state.drones.set(id, drone);
    spawnDrone(world, id, drone, []);
    const fighter = { id, player, drone, queue: new CommandQueue() };
    this.fighters.set(id, fighter);
    return fighter;
  }

  remove(id: string): void {
    this.fighters.delete(id);
    this.world.state.drones.delete(id);
  }

  step(): readonly SimEvent[] {
    const { world } = this;
    this.#commands.clear();
    for (const [id, { queue, drone }] of this.fighters) this.#commands.set(id, queue.take(drone.aim));
    const events = stepWorld(world, this.#commands, seenNow);
    this.#watch.stepped(world.state);
    return events;
  }
}

/** As in Fracas, where everybody is a team of one. */
function freeTeam({ state }: World): number {
  const taken = new Set(Array.from(state.drones.values(), ({ team }) => team));
  for (let team = 0; ; team++) if (!taken.has(team)) return team;
}

function createPlainWorld(scenario: FightScenario, seed: number): World {
  const settings = publicSettings("deathmatch", fightRules(scenario));
  const arena = arenaOf(settings.map);
  const rules = rulesUnder(settings);
  const awards: Award[] = [];
  const state: World["state"] = {
    tick: 0,
    map: "",
    mode: rules.mode,
    phase: "waiting",
    phaseEndsTick: 0,
    held: false,
    scoreA: 0,
    scoreB: 0,
    drones: new Map(),
    projectiles: new Map(),
    pickups: new Map(),
    flags: new Map(),
    hill: { x: 0, y: 0, width: 0, height: 0, holder: 0, movesTick: 0 } as Hill,
    awards: { push: (award) => awards.push(award), clear: () => void awards.splice(0) },
  };
  return worldAround(state, arena, seed, rules);
}

/** The names of a drone's synced fields: the enumerable keys of the class's metadata are their indices. */
const SYNCED = Object.values(
  Reflect.get(Drone, Symbol.metadata) as Readonly<Record<string, { readonly name: keyof Drone }>>,
).map(({ name }) => name);
const FIELDS = [...SYNCED, "name", "score", "lastFiredTick", "protectedTicks", "killer"] as const;

/** The same fields without the schema around them. The simulation calls none of a schema's methods. */
const asPlain = (drone: Drone): Drone =>
  Object.fromEntries(FIELDS.map((name) => [name, drone[name]])) as unknown as Drone;
