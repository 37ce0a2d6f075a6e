/**
 * Computes naively what each client should know and compares it with the state that it decoded. Uses none of the game's
 * code for positions, bushes and views, and repeats the rules' numbers, so that it can find errors in both.
 */
import type { Arena } from "#shared/arena/arena.ts";
import type { Command } from "#shared/schema/input.ts";
import type { ArenaState, Drone, Pickup, Projectile } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { flightOf } from "#shared/sim/projectile.ts";
import type { Watcher } from "./watchedFight.ts";

/** Half a view of 1600 × 900 px and its margin. An entity leaves a view 80 px farther out. */
const ENTER = { x: 800 + 120, y: 450 + 120 };
const LEAVE = { x: ENTER.x + 80, y: ENTER.y + 80 };

/** Poses of drones farther than 32 px beyond the screen are sent with every eighth patch, or with other changes. */
const NEAR = { x: 800 + 32, y: 450 + 32 };
const FAR_PATCHES = 8;

type Entity = Drone | Projectile | Pickup;

/** Projectile speeds of blaster, scatter and mortar, px per tick. */
const PX_PER_TICK = [960 / 30, 1100 / 30, 620 / 30];
const PICKUP_FIELDS = ["x", "y", "kind"] as const;
const PUBLIC_FIELDS = ["hp", "shield", "status", "team"] as const;
const OWN_FIELDS = [
  "vx",
  "vy",
  "cooldownTicks",
  "special",
  "ammo",
  "specialCooldownTicks",
  "dashTicks",
  "dashCooldownTicks",
  "hasteTicks",
  "overchargeTicks",
  "respawnTick",
] as const;
const SHOT_FIELDS = ["bornTick", "owner", "weapon"] as const;

interface Place {
  x: number;
  y: number;
}

type Pose = Pick<Drone, "x" | "y" | "aim">;

export class ViewTruth {
  /** How often each case occurred: a test in which no drone ever hides proves nothing. */
  readonly counts = { hidden: 0, vanished: 0, strayShots: 0, left: 0, late: 0, compared: 0 };
  readonly #arena: Arena;
  readonly #state: ArenaState;
  readonly #firedAt = new Map<string, number>();
  readonly #reloads = new Map<string, [blaster: number, rail: number]>();
  /** By session ID: from the drone to the middle of its view, px. */
  readonly #leans = new Map<string, Place>();
  readonly #killers = new Map<string, string>();
  readonly #shown = new WeakMap<Watcher, Set<Entity>>();
  /** By watcher and drone: the pose that was sent last, and how many patches ago. */
  readonly #sent = new WeakMap<Watcher, Map<Drone, { pose: Pose; patchesAgo: number }>>();
  /** The drones' public fields in the last patch. */
  #lastPublic: ReadonlyMap<string, string> = new Map();

  constructor(arena: Arena, state: ArenaState) {
    this.#arena = arena;
    this.#state = state;
  }

  /** To be called after every step: notes shots, spawns and kills. */
  note(events: readonly SimEvent[]): void {
    for (const event of events) {
      if (event.type === "spawn") this.#firedAt.delete(event.drone);
      if (event.type === "kill") this.#killers.set(event.victim, event.killer);
    }
    for (const [id, { cooldownTicks, specialCooldownTicks }] of this.#state.drones.entries()) {
      // A cooldown that grew means a shot. Projectiles do not show every shot: some hit where they start.
      const [blaster, rail] = this.#reloads.get(id) ?? [0, 0];
      if (cooldownTicks > blaster || specialCooldownTicks > rail) this.#firedAt.set(id, this.#state.tick);
      this.#reloads.set(id, [cooldownTicks, specialCooldownTicks]);
    }
  }

  /** To be called before every step with the commands of a client: its view leans toward its pointer. */
  noteCommand(id: string, { aim, reach = 0 }: Command): void {
    const lean = this.#leans.get(id) ?? { x: 0, y: 0 };
    const px = (this.#state.drones.get(id)?.hp ?? 0) > 0 ? Math.min(150, reach * 4 * (150 / 450)) : 0;
    this.#leans.set(id, {
      x: lean.x + (px * Math.cos(aim) - lean.x) * 0.12,
      y: lean.y + (px * Math.sin(aim) - lean.y) * 0.12,
    });
  }

  hides(id: string, drone: Drone, eye: Place): boolean {
    const tile = Math.floor(drone.y / 64) * this.#arena.columns + Math.floor(drone.x / 64);
    const firedAgo = this.#state.tick - (this.#firedAt.get(id) ?? -9999);
    return (
      this.#arena.bushes[tile] === 1 &&
      drone.hp > 0 &&
      firedAgo >= 30 &&
      Math.hypot(drone.x - eye.x, drone.y - eye.y) > 150
    );
  }

  /** To be called after a patch. Returns the differences. */
  check(watcher: Watcher): string[] {
    const own = this.#state.drones.get(watcher.sessionId);
    if (!own) return [`${watcher.sessionId} has no drone`];
    const before = this.#shown.get(watcher) ?? new Set();
    const shown = this.#expect(watcher, own);
    this.#shown.set(watcher, shown);
    return this.#compare(watcher, own, shown, new Set([...shown].filter((entity) => !before.has(entity))));
  }

  /** To be called after the checks of a patch. */
  noteLastFields(): void {
    this.#lastPublic = new Map(
      Array.from(this.#state.drones.entries(), ([id, drone]) => [id, publicOf(drone)]),
    );
  }

  /** To be called after a full state, which holds the own drone and what every client may know. */
  checkFirst(watcher: Watcher): string[] {
    const own = this.#state.drones.get(watcher.sessionId);
    if (!own) return [`${watcher.sessionId} has no drone`];
    return this.#compare(watcher, own, new Set([own]), new Set([own]));
  }

  #compare(watcher: Watcher, own: Drone, shown: Set<Entity>, entered: Set<Entity>): string[] {
    return [
      ...this.#compareDrones(watcher, own, shown, entered),
      ...this.#compareShots(watcher, shown),
      ...this.#comparePickups(watcher, shown),
      ...this.#compareShared(watcher),
    ];
  }

  /** A destroyed drone sees through its killer's eyes. */
  #eyeOf(id: string, own: Drone): Drone {
    return own.hp > 0 ? own : (this.#state.drones.get(this.#killers.get(id) ?? "") ?? own);
  }

  /** The view leans from a living drone, and shows at most 90 px beyond the wall. */
  #centreOf(id: string, own: Drone): Place {
    const eye = this.#eyeOf(id, own);
    const lean = own === eye ? this.#leans.get(id) : undefined;
    const { widthPx, heightPx } = this.#arena;
    const middle = (at: number, viewPx: number, arenaPx: number) =>
      arenaPx + 180 <= viewPx ? arenaPx / 2 : clamp(at, viewPx / 2 - 90, arenaPx + 90 - viewPx / 2);
    return {
      x: middle(eye.x + (lean?.x ?? 0), 1600, widthPx),
      y: middle(eye.y + (lean?.y ?? 0), 900, heightPx),
    };
  }

  #expect(watcher: Watcher, own: Drone): Set<Entity> {
    const eye = this.#eyeOf(watcher.sessionId, own);
    const centre = this.#centreOf(watcher.sessionId, own);
    const before = this.#shown.get(watcher) ?? new Set();
    const shown = new Set<Entity>();
    const consider = (entity: Entity, place: Place, isHidden: boolean) => {
      const reach = before.has(entity) ? LEAVE : ENTER;
      const isNear = Math.abs(place.x - centre.x) < reach.x && Math.abs(place.y - centre.y) < reach.y;
      if (isNear && !isHidden) shown.add(entity);
      if (isNear && isHidden) this.counts[before.has(entity) ? "vanished" : "hidden"]++;
      if (!isNear && before.has(entity)) this.counts.left++;
    };
    for (const [id, drone] of this.#state.drones.entries()) {
      consider(drone, drone, id !== watcher.sessionId && this.hides(id, drone, eye));
    }
    for (const shot of this.#state.projectiles.values()) {
      consider(shot, this.#placeOf(shot), false);
      const owner = this.#state.drones.get(shot.owner);
      if (owner && shown.has(shot) && !shown.has(owner)) this.counts.strayShots++;
    }
    for (const pickup of this.#state.pickups.values()) consider(pickup, pickup, false);
    return shown.add(own);
  }

  #placeOf(shot: Projectile): Place {
    const pxPerTick = PX_PER_TICK[shot.weapon] ?? 0;
    const reachPx = Math.max(...flightOf(shot, this.#arena).pellets.map((pellet) => pellet.reachPx));
    const gonePx = Math.min(30 + pxPerTick * (this.#state.tick - shot.bornTick), reachPx);
    return { x: shot.x + Math.cos(shot.aim) * gonePx, y: shot.y + Math.sin(shot.aim) * gonePx };
  }

  #compareDrones(watcher: Watcher, own: Drone, shown: Set<Entity>, entered: Set<Entity>): string[] {
    const known = watcher.decoded.drones;
    const centre = this.#centreOf(watcher.sessionId, own);
    const wrong = this.#compareKeys(watcher, "drone", this.#state.drones.entries(), known, shown);
    for (const [id, drone] of this.#state.drones.entries()) {
      const copy = known?.get(id);
      if (!copy) continue;
      const what = `${watcher.sessionId}'s ${id}`;
      wrong.push(...differences(what, drone, copy, PUBLIC_FIELDS));
      const due = this.#isPoseDue(watcher, id, drone, centre, entered.has(drone) || drone === own);
      const sent = this.#sentPose(watcher, drone, due);
      if (posed(what, drone, sent).length > 0) this.counts.late++;
      wrong.push(...posed(what, sent, copy));
      if (drone === own) wrong.push(...differences(`own ${id}`, drone, copy, OWN_FIELDS));
      else {
        const leaked = OWN_FIELDS.filter((field) => copy[field] !== undefined);
        if (leaked.length > 0) wrong.push(`${watcher.sessionId} knows ${leaked} of ${id}`);
      }
    }
    return wrong;
  }

  /** Whether this patch must have sent the drone's pose. */
  #isPoseDue(watcher: Watcher, id: string, drone: Drone, centre: Place, isFirst: boolean): boolean {
    const isNear = Math.abs(drone.x - centre.x) < NEAR.x && Math.abs(drone.y - centre.y) < NEAR.y;
    const patchesAgo = this.#sent.get(watcher)?.get(drone)?.patchesAgo ?? FAR_PATCHES;
    return isFirst || isNear || patchesAgo + 1 >= FAR_PATCHES || this.#lastPublic.get(id) !== publicOf(drone);
  }

  /** The pose that the watcher knows after this patch. */
  #sentPose(watcher: Watcher, drone: Drone, isDue: boolean): Pose {
    const all = this.#sent.get(watcher) ?? new Map();
    this.#sent.set(watcher, all);
    const last = all.get(drone);
    const { x, y, aim } = drone;
    const now =
      isDue || !last ? { pose: { x, y, aim }, patchesAgo: 0 } : { ...last, patchesAgo: last.patchesAgo + 1 };
    all.set(drone, now);
    return now.pose;
  }

  #comparePickups(watcher: Watcher, shown: Set<Entity>): string[] {
    const known = watcher.decoded.pickups;
    const wrong = this.#compareKeys(watcher, "pickup", this.#state.pickups.entries(), known, shown);
    for (const [id, pickup] of this.#state.pickups.entries()) {
      const copy = known?.get(id);
      if (copy)
        wrong.push(...differences(`${watcher.sessionId}'s pickup ${id}`, pickup, copy, PICKUP_FIELDS));
    }
    return wrong;
  }

  #compareShots(watcher: Watcher, shown: Set<Entity>): string[] {
    const known = watcher.decoded.projectiles;
    const wrong = this.#compareKeys(watcher, "shot", this.#state.projectiles.entries(), known, shown);
    for (const [id, shot] of this.#state.projectiles.entries()) {
      const copy = known?.get(id);
      const what = `${watcher.sessionId}'s shot ${id}`;
      if (copy) wrong.push(...differences(what, shot, copy, SHOT_FIELDS), ...posed(what, shot, copy));
    }
    return wrong;
  }

  #compareKeys(
    watcher: Watcher,
    kind: string,
    entities: Iterable<[string, Entity]>,
    known: { keys(): Iterable<string> } | undefined,
    shown: Set<Entity>,
  ): string[] {
    const wanted = [...entities].filter(([, entity]) => shown.has(entity)).map(([id]) => id);
    const had = known ? [...known.keys()] : [];
    this.counts.compared += wanted.length;
    return [
      ...wanted.filter((id) => !had.includes(id)).map((id) => `${watcher.sessionId} misses ${kind} ${id}`),
      ...had.filter((id) => !wanted.includes(id)).map((id) => `${watcher.sessionId} knows ${kind} ${id}`),
    ];
  }

  #compareShared({ sessionId, decoded }: Watcher): string[] {
    const roster = (state: ArenaState) => JSON.stringify([...state.roster.entries()].sort());
    const isSame = decoded.tick === this.#state.tick && roster(decoded) === roster(this.#state);
    return isSame ? [] : [`${sessionId} has another tick or roster`];
  }
}

const clamp = (at: number, least: number, most: number) => Math.max(least, Math.min(most, at));

const publicOf = (drone: Drone): string => JSON.stringify(PUBLIC_FIELDS.map((field) => drone[field]));

function differences<Field extends string>(
  what: string,
  truth: Record<Field, unknown>,
  copy: Record<Field, unknown>,
  fields: readonly Field[],
): string[] {
  return fields
    .filter((field) => truth[field] !== copy[field])
    .map((field) => `${what}: ${field} is ${copy[field]}, not ${truth[field]}`);
}

function posed(what: string, truth: Pose, copy: Pose): string[] {
  const wrong = differences(what, truth, copy, ["x", "y"]);
  const turn = (truth.aim - copy.aim) / (2 * Math.PI);
  // Bots aim between the wire's 65,536 directions.
  const isTurned = !(Math.abs(turn - Math.round(turn)) < 1 / 65_536);
  return isTurned ? [...wrong, `${what}: aim is ${copy.aim}, not ${truth.aim}`] : wrong;
}
