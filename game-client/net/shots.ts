/**
 * Every shot in view, the own ones from the frame of the click on. The server confirms a predicted shot by
 * adding it to the state; one that it never confirms disappears again.
 */
import type { Predict, PredictedSpawns, SpawnHandle } from "@colyseus/sdk/predict";
import type { Arena } from "#shared/arena/arena.ts";
import { TICK_MS } from "#shared/config.ts";
import type { ArenaState, Projectile } from "#shared/schema/state.ts";
import { BLASTER, flownPx, placeAlong, reachPx } from "#shared/sim/projectile.ts";
import type { Shot } from "#shared/sim/world.ts";
import type { ArenaLink } from "./connection.ts";

/** How one shot is shown. */
interface Flight {
  seenAtMs: number;
  /** How long it had been flying on the server when it was first seen here; 0 for a predicted one. */
  headStartMs: number;
  reachPx: number;
}

export interface ShownShot {
  readonly id: number;
  readonly owner: string;
  readonly x: number;
  readonly y: number;
  readonly aim: number;
  readonly ageMs: number;
  /** It has reached the wall or its range; the server's removal is on its way. */
  readonly ended: boolean;
}

export interface Shots {
  /** The next command is about to be sampled and the trigger is pulled: shows the shot now. */
  fireEarly(muzzle: Omit<Shot, "weapon">): void;
  /** A command was predicted; `fired` is the drone if it fired with it. */
  commandStepped(fired: Omit<Shot, "weapon"> | undefined): void;
  /** All shots as they are at `nowMs`, each with an id that stays its own from click to impact. */
  shown(nowMs: number): Iterable<ShownShot>;
}

/**
 * A foreign shot is first seen when it has already left the barrel, which is drawn a little in the past: it
 * makes up for that over this long instead of appearing in mid-air.
 */
const CATCH_UP_MS = 150;
const SAME_SHOT_PX = 100;
/** Difference of cosines: more than rounding, less than the smallest turn worth drawing. */
const SAME_AIM = 0.01;

export function createShots(room: ArenaLink, predict: Predict<ArenaState>, arena: Arena): Shots {
  const unseen = (): Flight => ({ seenAtMs: -1, headStartMs: 0, reachPx: 0 });
  const store: PredictedSpawns<Projectile, Shot, Flight> = predict.spawns<"projectiles", Shot, Flight>(
    "projectiles",
    {
      owned: (projectile) => projectile.owner === room.sessionId,
      correlate: isSameShot,
      data: unseen,
    },
  );
  let early: SpawnHandle<Shot, Flight> | undefined;

  const spawn = ({ x, y, aim }: Omit<Shot, "weapon">) => store.spawn({ x, y, aim, weapon: BLASTER });

  const firstSeen = (flight: Flight, shot: Shot, server: Projectile | undefined, nowMs: number) => {
    flight.seenAtMs = nowMs;
    flight.reachPx = reachPx(shot, arena);
    if (!server) return;
    const sincePatchMs = Math.max(0, room.clock.serverNow() - room.clock.lastServerTime());
    flight.headStartMs = Math.max(0, room.state.tick - server.bornTick) * TICK_MS + sincePatchMs;
  };

  return {
    fireEarly(muzzle) {
      early ??= spawn(muzzle);
    },
    commandStepped(fired) {
      if (!early) {
        if (fired) spawn(fired);
        return;
      }
      if (fired) {
        Object.assign(early.local, { x: fired.x, y: fired.y, aim: fired.aim });
        early.data.reachPx = reachPx(early.local, arena);
      } else early.cancel();
      early = undefined;
    },
    *shown(nowMs) {
      for (const { id, server, local, data } of store.entries()) {
        const shot = server ?? local;
        if (!shot) continue;
        if (data.seenAtMs < 0) firstSeen(data, shot, local ? undefined : server, nowMs);
        yield place(id, server?.owner ?? room.sessionId, shot, data, nowMs);
      }
    },
  };
}

/** A corrected prediction may have fired from a little aside; the aim is always the one that was sent. */
function isSameShot(local: Shot, server: Projectile): boolean {
  const isNear = Math.hypot(local.x - server.x, local.y - server.y) < SAME_SHOT_PX;
  return isNear && Math.abs(Math.cos(local.aim) - Math.cos(server.aim)) < SAME_AIM;
}

function place(id: number, owner: string, shot: Shot, flight: Flight, nowMs: number): ShownShot {
  const sinceSeenMs = nowMs - flight.seenAtMs;
  const caughtUp = Math.min(1, sinceSeenMs / CATCH_UP_MS);
  const ageMs = sinceSeenMs + flight.headStartMs * caughtUp;
  const gonePx = flownPx(shot, ageMs / TICK_MS);
  const shownPx = Math.min(gonePx, flight.reachPx);
  return {
    id,
    owner,
    ...placeAlong(shot, shownPx),
    aim: shot.aim,
    ageMs,
    ended: gonePx >= flight.reachPx,
  };
}
