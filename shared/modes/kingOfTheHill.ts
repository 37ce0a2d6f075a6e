/** King of the hill: the team that holds the hill alone scores; the hill moves from time to time. */
import type { HillSpot } from "#shared/arena/arena.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { lineUp } from "#shared/sim/lineup.ts";
import { areMates } from "#shared/sim/teams.ts";
import { isAlive, type World } from "#shared/sim/world.ts";
import { KING_OF_THE_HILL } from "#shared/tuning.ts";
import { feat } from "./feats.ts";
import type { Mode } from "./mode.ts";
import { scoreDrone, scoreTeam } from "./score.ts";
import { statsOf } from "./stats.ts";

const { pointEveryTicks, moveEveryTicks, scoreLimit } = KING_OF_THE_HILL;

/** Values of `hill.holder` in the state; a hill that one team holds has `held` plus the team's number. */
export const HILL = { empty: 0, held: 1, contested: 3 } as const;

export const kingOfTheHill: Mode = {
  teams: 2,
  scoreLimit,
  needs: "hills",
  objective: "holdHill",
  begin(world) {
    // With two hills, each is nearer to one side. A random direction of travel keeps that fair over many matches.
    world.hillStep = world.random.next() < 0.5 ? 1 : world.arena.hills.length - 1;
    raiseHill(world, 0);
  },
  judge(world, events) {
    const { state } = world;
    judgeSaves(world, events);
    if (state.tick >= state.hill.movesTick) raiseHill(world, world.hillIndex + world.hillStep, events);
    const teams = teamsOn(world);
    const holder =
      teams.size === 0 ? HILL.empty : teams.size > 1 ? HILL.contested : HILL.held + onlyOf(teams);
    // A change of holder restarts the second, so that no team scores for time that another has held.
    if (holder !== state.hill.holder) world.hillTicks = 0;
    state.hill.holder = holder;
    if (teams.size !== 1) return;
    const isPoint = ++world.hillTicks >= pointEveryTicks;
    if (isPoint) {
      world.hillTicks = 0;
      scoreTeam(world, onlyOf(teams), 1);
    }
    for (const { id, drone } of lineUp(world).byId) {
      if (!isAlive(drone) || !isOn(state.hill, drone)) continue;
      statsOf(world, id).hillTicks++;
      if (isPoint) scoreDrone(world, id, 1);
    }
  },
};

/** A drone is destroyed where it stands until its respawn. */
function judgeSaves(world: World, events: SimEvent[]): void {
  const { hill, drones } = world.state;
  const kills = events.filter((event) => event.type === "kill");
  for (const { killer, victim } of kills) {
    const drone = drones.get(victim);
    const isSave = drone && isOn(hill, drone) && !areMates(world, killer, victim);
    if (isSave) events.push(feat("hillSave", killer));
  }
}

function raiseHill(world: World, index: number, events: SimEvent[] = []): void {
  const { state, arena } = world;
  const spot = arena.hills[index % arena.hills.length];
  if (!spot) throw new Error(`arena "${arena.name}" has no hill`);
  world.hillIndex = index;
  world.hillTicks = 0;
  Object.assign(state.hill, { ...spot, holder: HILL.empty, movesTick: state.tick + moveEveryTicks });
  events.push({ type: "hill", x: spot.x + spot.width / 2, y: spot.y + spot.height / 2 });
}

function teamsOn(world: World): Set<number> {
  const { hill } = world.state;
  const teams = new Set<number>();
  for (const { drone } of lineUp(world).byId) if (isAlive(drone) && isOn(hill, drone)) teams.add(drone.team);
  return teams;
}

const isOn = (hill: HillSpot, { x, y }: { x: number; y: number }) =>
  x >= hill.x && x < hill.x + hill.width && y >= hill.y && y < hill.y + hill.height;

const onlyOf = (teams: ReadonlySet<number>) => [...teams][0] ?? 0;
