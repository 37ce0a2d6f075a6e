/** Capture the flag: carry the other team's flag to your own, which must be at home. */
import { Flag } from "#shared/schema/state.ts";
import { snapPosition } from "#shared/schema/wire.ts";
import { distancePx } from "#shared/sim/distance.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { lineUp } from "#shared/sim/lineup.ts";
import { nearestDrone } from "#shared/sim/nearest.ts";
import type { Place } from "#shared/sim/sight.ts";
import { isAlive, type World } from "#shared/sim/world.ts";
import { CAPTURE_THE_FLAG, DRONE } from "#shared/tuning.ts";
import { feat } from "./feats.ts";
import type { Mode } from "./mode.ts";
import { scoreDrone, scoreTeam } from "./score.ts";

const { reachPx, returnTicks, pointsPerCapture } = CAPTURE_THE_FLAG;
const TOUCH_PX = reachPx + DRONE.radiusPx;

export const captureTheFlag: Mode = {
  teams: 2,
  scoreLimit: CAPTURE_THE_FLAG.scoreLimit,
  needs: "flags",
  objective: "captureFlags",
  begin({ state, arena }) {
    for (const { x, y, team } of arena.flags) {
      state.flags.set(String(team), new Flag({ team, x, y, carrier: "", droppedTick: 0 }));
    }
  },
  judge(world, events) {
    const flags = [...world.state.flags.values()];
    for (const flag of flags) dropFromDestroyed(world, flag, events);
    // Apply each rule to both flags before the next rule, so that the order of the flags decides nothing.
    for (const flag of flags) capture(world, flag, events);
    for (const flag of flags) touch(world, flag, events);
  },
};

/** A carrier that is destroyed or has left drops the flag at its last place. */
function dropFromDestroyed(world: World, flag: Flag, events: SimEvent[]): void {
  if (flag.carrier === "") return;
  const carrier = world.state.drones.get(flag.carrier);
  if (carrier && isAlive(carrier)) {
    // The flag's own place is not synced while it is carried: clients draw it on the carrier.
    world.carriedAt.set(flag.team, { x: carrier.x, y: carrier.y });
    return;
  }
  const { x, y } = world.carriedAt.get(flag.team) ?? homeOf(world, flag);
  events.push({ type: "flag", what: "dropped", team: flag.team, drone: flag.carrier });
  // A carrier who has left or changed sides was not destroyed by anybody, and one whom a mate destroyed was not stopped.
  const killer = carrier?.killer ?? "";
  if (world.state.drones.get(killer)?.team === flag.team) events.push(feat("flagSave", killer));
  Object.assign(flag, { carrier: "", x, y, droppedTick: world.state.tick });
}

/** An enemy's touch takes the flag; a team mate's touch, or enough time, returns it home. */
function touch(world: World, flag: Flag, events: SimEvent[]): void {
  if (flag.carrier !== "") return;
  const isAway = !isHome(world, flag);
  const drones = lineUp(world).byId;
  const toucher = nearestDrone(world, drones, flag, TOUCH_PX, ({ team }) => team !== flag.team || isAway);
  const isOverdue = isAway && world.state.tick - flag.droppedTick >= returnTicks;
  if (toucher && toucher.drone.team !== flag.team) {
    flag.carrier = toucher.id;
    world.carriedAt.set(flag.team, { x: flag.x, y: flag.y });
    events.push({ type: "flag", what: "taken", team: flag.team, drone: toucher.id });
  } else if (toucher || isOverdue) {
    returnHome(world, flag);
    events.push({ type: "flag", what: "returned", team: flag.team, drone: toucher?.id ?? "" });
    if (toucher) events.push(feat("flagSave", toucher.id));
  }
}

const returnHome = (world: World, flag: Flag) =>
  Object.assign(flag, homeOf(world, flag), { carrier: "", droppedTick: 0 });

function capture(world: World, flag: Flag, events: SimEvent[]): void {
  const carrier = world.state.drones.get(flag.carrier);
  const own = carrier && world.state.flags.get(String(carrier.team));
  if (!carrier || !own || own.carrier !== "" || !isHome(world, own)) return;
  if (distancePx(carrier, own) > TOUCH_PX) return;
  scoreDrone(world, flag.carrier, pointsPerCapture);
  scoreTeam(world, carrier.team, 1);
  events.push({ type: "flag", what: "captured", team: flag.team, drone: flag.carrier });
  returnHome(world, flag);
}

/** Snapped to the wire's grid like the flag's own place, for a map's objects need not be on it. */
function homeOf({ arena }: World, { team }: Flag): Place {
  const { x, y } = arena.flags.find((spot) => spot.team === team) ?? { x: 0, y: 0 };
  return { x: snapPosition(x), y: snapPosition(y) };
}

function isHome(world: World, flag: Flag): boolean {
  const home = homeOf(world, flag);
  return flag.carrier === "" && flag.x === home.x && flag.y === home.y;
}
