/**
 * All shots in view; own shots are predicted from the frame of the click on. The server confirms a predicted shot by adding
 * it to the state; a shot that it never confirms disappears.
 */
import type { RoomClockLike } from "@colyseus/sdk";
import type { Predict, PredictedSpawns, SpawnHandle } from "@colyseus/sdk/predict";
import type { Arena } from "#shared/arena/arena.ts";
import { TICK_MS } from "#shared/config.ts";
import type { ArenaState, Projectile } from "#shared/schema/state.ts";
import { flownPx, type Pellet, pelletsOf, placeAlong, projectileName } from "#shared/sim/projectile.ts";
import type { Shot } from "#shared/sim/world.ts";
import { PROJECTILE_NAMES, type ProjectileName, type WeaponName } from "#shared/tuning.ts";
import type { ArenaLink } from "./arenaLink.ts";

/** The display state of one shot. */
interface Flight {
  seenAtMs: number;
  /** Time that the shot had flown on the server when it was first seen here; 0 for a predicted shot. */
  headStartMs: number;
  pellets: readonly Pellet[];
}

/** One pellet of a shot; most weapons fire a single one. */
export interface ShownShot {
  readonly id: number;
  readonly owner: string;
  readonly weapon: ProjectileName;
  readonly x: number;
  readonly y: number;
  readonly aim: number;
  readonly ageMs: number;
  /** Share of its path that the pellet has flown, 0 to 1. */
  readonly share: number;
  /** The pellet has reached a wall or its range; the server's removal has not arrived yet. */
  readonly ended: boolean;
}

/** Origin and aim of a shot. */
export type Muzzle = Omit<Shot, "weapon">;

export interface Shots {
  /** Shows the shots of pulled triggers before the next command carries them. */
  fireEarly(fires: readonly WeaponName[], muzzle: Muzzle): void;
  /** A command was predicted and fired these weapons: adopts their early shots, and withdraws the others. */
  commandStepped(fired: readonly WeaponName[], muzzle: Muzzle): void;
  /**
   * All shots at `nowMs`, on a clock that stands still while the room is paused. A shot keeps its id from click to impact.
   */
  shown(nowMs: number): readonly ShownShot[];
}

/**
 * A remote shot arrives when it has already left the barrel, while its shooter is drawn in the past. It starts at the
 * barrel and makes up the difference over this time, instead of appearing in mid-air.
 */
const CATCH_UP_MS = 150;
const SAME_SHOT_PX = 100;
/** Tolerance as a difference of cosines: above rounding errors, below any visible turn. */
const SAME_AIM = 0.01;

export function createShots(
  room: ArenaLink,
  predict: Predict<ArenaState>,
  arena: Arena,
  clock: Pick<RoomClockLike, "serverNow" | "lastServerTime"> = room.clock,
  isJump = false,
): Shots {
  /** After a jump, the shots of the first frame are shown where they are. */
  let isAnew = isJump;
  const unseen = (): Flight => ({ seenAtMs: -1, headStartMs: 0, pellets: [] });
  const store: PredictedSpawns<Projectile, Shot, Flight> = predict.spawns<"projectiles", Shot, Flight>(
    "projectiles",
    {
      owned: (projectile) => projectile.owner === room.sessionId,
      correlate: isSameShot,
      data: unseen,
    },
  );
  /** Shots that are shown but that no command carries yet, by weapon. */
  const early = new Map<WeaponName, SpawnHandle<Shot, Flight>>();

  const spawn = (weapon: WeaponName, { x, y, aim, reach }: Muzzle) =>
    store.spawn({ x, y, aim, reach, weapon: PROJECTILE_NAMES.indexOf(weapon as ProjectileName) });

  const flies = (weapon: WeaponName) => PROJECTILE_NAMES.includes(weapon as ProjectileName);

  const startFlight = (flight: Flight, shot: Shot, server: Projectile | undefined, nowMs: number) => {
    flight.seenAtMs = nowMs;
    flight.pellets = pelletsOf(shot, arena);
    if (!server) return;
    const sincePatchMs = Math.max(0, clock.serverNow() - clock.lastServerTime());
    flight.headStartMs = Math.max(0, room.state.tick - server.bornTick) * TICK_MS + sincePatchMs;
    if (!isAnew) return;
    flight.seenAtMs = Math.max(0, nowMs - flight.headStartMs);
    flight.headStartMs = 0;
  };

  return {
    fireEarly(fires, muzzle) {
      for (const weapon of fires) {
        if (flies(weapon) && !early.has(weapon)) early.set(weapon, spawn(weapon, muzzle));
      }
    },
    commandStepped(fired, muzzle) {
      for (const [weapon, handle] of early) if (!fired.includes(weapon)) handle.cancel();
      for (const weapon of fired) {
        const handle = early.get(weapon);
        if (handle) {
          Object.assign(handle.local, muzzle);
          handle.data.pellets = pelletsOf(handle.local, arena);
        } else if (flies(weapon)) spawn(weapon, muzzle);
      }
      early.clear();
    },
    shown(nowMs) {
      const shown: ShownShot[] = [];
      for (const { id, server, local, data } of store.entries()) {
        const shot = server ?? local;
        if (!shot) continue;
        if (data.seenAtMs < 0) startFlight(data, shot, local ? undefined : server, nowMs);
        addPellets(shown, id, server?.owner ?? room.sessionId, shot, server?.spent ?? 0, data, nowMs);
      }
      isAnew = false;
      return shown;
    },
  };
}

/** A correction may have moved the origin slightly; the aim is always exactly the one sent. */
function isSameShot(local: Shot, server: Projectile): boolean {
  const isNear = Math.hypot(local.x - server.x, local.y - server.y) < SAME_SHOT_PX;
  return (
    isNear &&
    local.weapon === server.weapon &&
    Math.abs(Math.cos(local.aim) - Math.cos(server.aim)) < SAME_AIM
  );
}

/** A pellet's id is the shot's id times this, plus the pellet's index. */
const PELLETS_MAX = 8;

function addPellets(
  shown: ShownShot[],
  id: number,
  owner: string,
  shot: Shot,
  spent: number,
  flight: Flight,
  nowMs: number,
): void {
  const sinceSeenMs = nowMs - flight.seenAtMs;
  const caughtUp = Math.min(1, sinceSeenMs / CATCH_UP_MS);
  const ageMs = sinceSeenMs + flight.headStartMs * caughtUp;
  const gonePx = flownPx(shot, ageMs / TICK_MS);
  const weapon = projectileName(shot);
  for (let index = 0; index < flight.pellets.length; index++) {
    if (spent & (1 << index)) continue;
    const { aim, reachPx } = flight.pellets[index] as Pellet;
    const share = Math.min(1, gonePx / reachPx);
    const { x, y } = placeAlong({ x: shot.x, y: shot.y, aim }, Math.min(gonePx, reachPx));
    const ended = gonePx >= reachPx;
    shown.push({ id: id * PELLETS_MAX + index, owner, weapon, x, y, aim, ageMs, share, ended });
  }
}
