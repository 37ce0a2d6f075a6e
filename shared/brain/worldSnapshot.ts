/** Copies the state once a tick for all brains: reading a schema field is slow, and a hundred bots would each do it. */
import type { Arena } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { Projectile } from "#shared/schema/state.ts";
import { cos, sin } from "#shared/sim/angle.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { flightOf, flownPx, projectileName, weaponOf } from "#shared/sim/projectile.ts";
import type { Perception, SeenDrone, SeenFlag, SeenShot, SeenState } from "./perception.ts";

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

export class WorldSnapshot {
  readonly #arena: Arena;
  readonly #drones: Writable<SeenDrone>[] = [];
  readonly #droneById = new Map<string, Writable<SeenDrone>>();
  readonly #shots: SeenShot[] = [];
  readonly #shotOf = new WeakMap<Projectile, Writable<SeenShot> & { endPx: number }>();
  readonly #hasPickup: boolean[] = [];
  readonly #flags: SeenFlag[] = [];
  /** The ids of each team, sorted. */
  readonly #teams = new Map<number, string[]>();
  #state: SeenState | undefined;
  #events: readonly SimEvent[] = [];

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** Copies the current state. `events` are those of the last tick. */
  read(state: SeenState, events: readonly SimEvent[] = []): void {
    this.#state = state;
    this.#events = events;
    this.#readTeams(state);
    this.#readDrones(state);
    this.#readShots(state);
    for (let spot = 0; spot < this.#arena.pickups.length; spot++) {
      this.#hasPickup[spot] = state.pickups.get(String(spot)) !== undefined;
    }
    this.#flags.length = 0;
    for (const [, { team, x, y, carrier }] of state.flags.entries())
      this.#flags.push({ team, x, y, carrier });
  }

  /** The perception of the bot with this id, valid until the next `read`; undefined when it has no drone. */
  perceptionOf(id: string): Perception | undefined {
    const self = this.#state?.drones.get(id);
    if (!this.#state || !self) return undefined;
    const team = this.#teams.get(self.team) ?? [];
    return {
      tick: this.#state.tick,
      mode: this.#state.mode,
      id,
      self,
      rank: Math.max(0, team.indexOf(id)),
      teamSize: team.length,
      drones: this.#drones,
      droneById: this.#droneById,
      shots: this.#shots,
      hasPickup: this.#hasPickup,
      flags: this.#flags,
      hill: this.#state.hill,
      events: this.#events,
    };
  }

  #readDrones({ drones }: SeenState): void {
    this.#drones.length = 0;
    for (const [id, { x, y, hp, shield, team, status, lastFiredTick }] of drones.entries()) {
      let seen = this.#droneById.get(id);
      if (!seen) {
        seen = { id, x, y, hp, shield, team, status };
        this.#droneById.set(id, seen);
      }
      seen.x = x;
      seen.y = y;
      seen.hp = hp;
      seen.shield = shield;
      seen.team = team;
      seen.status = status;
      if (lastFiredTick !== undefined) seen.lastFiredTick = lastFiredTick;
      this.#drones.push(seen);
    }
    if (this.#droneById.size === drones.size) return;
    for (const id of this.#droneById.keys()) if (!drones.get(id)) this.#droneById.delete(id);
  }

  #readShots(state: SeenState): void {
    this.#shots.length = 0;
    for (const [, projectile] of state.projectiles.entries()) {
      let shot = this.#shotOf.get(projectile);
      if (!shot) {
        shot = this.#newShot(projectile);
        this.#shotOf.set(projectile, shot);
      }
      const gonePx = Math.min(flownPx(projectile, Math.max(0, state.tick - shot.bornTick)), shot.endPx);
      shot.x = projectile.x + shot.dirX * gonePx;
      shot.y = projectile.y + shot.dirY * gonePx;
      shot.leftPx = shot.endPx - gonePx;
      this.#shots.push(shot);
    }
  }

  #newShot(projectile: Projectile): Writable<SeenShot> & { endPx: number } {
    const { x, y, aim, bornTick } = projectile;
    let endPx = 0;
    for (const { reachPx } of flightOf(projectile, this.#arena).pellets) endPx = Math.max(endPx, reachPx);
    const ownerTeam = this.#teamOf(projectile.owner);
    const speedPxPerTick = weaponOf(projectile).speedPxPerSec / TICKS_PER_SEC;
    const flight = { bornTick, dirX: cos(aim), dirY: sin(aim), speedPxPerTick, leftPx: 0, endPx };
    return { x, y, weapon: projectileName(projectile), ownerTeam, ...flight };
  }

  #teamOf(id: string): number | undefined {
    return (this.#state?.roster?.get(id) ?? this.#state?.drones.get(id))?.team;
  }

  #readTeams({ roster, drones }: SeenState): void {
    const members = roster && roster.size > 0 ? roster : drones;
    for (const team of this.#teams.values()) team.length = 0;
    for (const [id, { team }] of members.entries()) {
      const ids = this.#teams.get(team);
      if (ids) ids.push(id);
      else this.#teams.set(team, [id]);
    }
    for (const ids of this.#teams.values()) if (ids.length > 1) ids.sort();
  }
}
