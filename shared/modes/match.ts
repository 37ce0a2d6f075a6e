/** The phases of a match, waiting → countdown → live → results → over, and what each does to the world. */
import type { Arena } from "#shared/arena/arena.ts";
import { COUNTDOWN_TICKS, MATCH_PLAYERS_MIN, OVERTIME_TICKS, RESULTS_TICKS } from "#shared/config.ts";
import type { Phase } from "#shared/schema/names.ts";
import type { MatchEnd, SimEvent } from "#shared/sim/event.ts";
import { lineUp } from "#shared/sim/lineup.ts";
import type { Rules } from "#shared/sim/rules.ts";
import { spawnDrones } from "#shared/sim/spawn.ts";
import type { World } from "#shared/sim/world.ts";
import { giveAwards } from "./awards.ts";
import { countAndJudge } from "./feats.ts";
import type { Mode } from "./mode.ts";
import { MODES } from "./modes.ts";
import { highestScores } from "./score.ts";

const NO_HILL = { x: 0, y: 0, width: 0, height: 0, holder: 0, movesTick: 0 } as const;

/** Resets the world for a new match in the phase "waiting". Drones stay. */
export function setUpMatch(world: World, arena: Arena, rules: Rules): void {
  world.arena = arena;
  world.rules = rules;
  Object.assign(world.state, { map: arena.name, mode: rules.mode });
  enter(world, "waiting", 0);
  clearField(world);
}

/** Call once a tick, after all other rules. Advances the phase and lets the mode score a live match. */
export function runMatch(world: World, events: SimEvent[]): void {
  const { state } = world;
  const isTime = state.tick >= state.phaseEndsTick;
  switch (state.phase) {
    case "waiting":
      if (!state.held && state.drones.size >= MATCH_PLAYERS_MIN) enter(world, "countdown", COUNTDOWN_TICKS);
      break;
    case "countdown":
      if (state.drones.size < MATCH_PLAYERS_MIN) enter(world, "waiting", 0);
      else if (isTime) start(world, events);
      break;
    case "live":
      judge(world, isTime, events);
      break;
    case "results":
      if (isTime) enter(world, "over", 0);
      break;
    default:
  }
}

const modeOf = ({ rules }: World): Mode => MODES[rules.mode];

/** Starts the live phase: clears the field and respawns every drone. */
function start(world: World, events: SimEvent[]): void {
  clearField(world);
  const drones = lineUp(world).byId;
  // A drone that waited near a spawn point must not count as an enemy there.
  for (const { drone } of drones) drone.hp = 0;
  spawnDrones(world, drones, events);
  beginMatch(world);
  events.push({ type: "match", phase: "live" });
}

function judge(world: World, isTime: boolean, events: SimEvent[]): void {
  // Before the mode gives points: the bounty is on the leader by the scores that everybody has seen.
  const counted = countAndJudge(world, events);
  modeOf(world).judge(world, events);
  countAndJudge(world, events, counted);
  const how = decision(world, isTime);
  if (how) end(world, how, events);
}

/** Enters the live phase at once, without a countdown. */
export function beginMatch(world: World): void {
  modeOf(world).begin(world);
  enter(world, "live", world.rules.timeLimitTicks);
}

/** Ends a live match with its results, or a countdown by waiting again. Returns false in any other phase. */
export function callOff(world: World, events: SimEvent[]): boolean {
  const { phase } = world.state;
  if (phase === "live") end(world, "calledOff", events);
  else if (phase === "countdown") enter(world, "waiting", 0);
  return phase === "live" || phase === "countdown";
}

/** Applies new limits to the current match. `rules` must name the same mode. */
export function changeRules(world: World, rules: Rules): void {
  const { state } = world;
  if (state.phase === "live") state.phaseEndsTick += rules.timeLimitTicks - world.rules.timeLimitTicks;
  world.rules = rules;
}

/** At the score limit or the time limit; a draw continues until one side leads, for OVERTIME_TICKS at most. */
function decision(world: World, isTime: boolean): MatchEnd | undefined {
  const { state, rules } = world;
  const { best, second } = highestScores(world);
  if (best === second) return state.tick >= state.phaseEndsTick + OVERTIME_TICKS ? "draw" : undefined;
  if (best >= rules.scoreLimit) return "scoreLimit";
  return isTime ? "timeLimit" : undefined;
}

function end(world: World, how: MatchEnd, events: SimEvent[]): void {
  giveAwards(world);
  enter(world, "results", RESULTS_TICKS);
  events.push({ type: "match", phase: "results", how });
}

function enter({ state }: World, phase: Phase, ticks: number): void {
  state.phase = phase;
  state.phaseEndsTick = state.tick + ticks;
}

function clearField(world: World): void {
  const { state } = world;
  for (const entities of [state.projectiles, state.pickups, state.flags]) entities.clear();
  world.pickupDueTicks.length = 0;
  world.carriedAt.clear();
  world.stats.clear();
  Object.assign(state, { scoreA: 0, scoreB: 0 });
  Object.assign(state.hill, NO_HILL);
  state.awards.clear();
  for (const drone of state.drones.values()) drone.score = 0;
}
