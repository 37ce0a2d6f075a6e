/** Translates the match in the room's state into what the HUD shows. */
import { type ArenaLink, readSettings } from "#client/net/arenaLink.ts";
import type { MatchView, Objective, SideScore } from "#client/ui/state/model.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { HILL } from "#shared/modes/kingOfTheHill.ts";
import { MODES } from "#shared/modes/modes.ts";
import { isTeamMode } from "#shared/modes/rules.ts";
import type { Flag } from "#shared/schema/state.ts";

export function viewMatch({ state, sessionId }: ArenaLink, arena: Arena): MatchView {
  const { mode } = state;
  const ownTeam = state.roster.get(sessionId)?.team ?? 0;
  const nameOf = (id: string) => state.roster.get(id)?.name ?? "";
  return {
    mode,
    map: state.map,
    phase: state.phase,
    secondsLeft: Math.ceil((state.phaseEndsTick - state.tick) / TICKS_PER_SEC),
    scoreLimit: readSettings(state.settings)?.scoreLimit || MODES[mode].scoreLimit,
    sides: isTeamMode(mode)
      ? [state.scoreA, state.scoreB].map((score, team) => side(team, score, ownTeam))
      : [],
    objective: [
      ...Array.from(state.flags.values(), (flag) => viewFlag(flag, arena, ownTeam, nameOf(flag.carrier))),
      ...(MODES[mode].needs === "hills" ? [viewHill(state, ownTeam)] : []),
    ],
    awards: Array.from(state.awards, ({ kind, drone, value }) => ({
      kind,
      name: nameOf(drone),
      team: state.roster.get(drone)?.team ?? 0,
      value,
    })),
    candidates: Array.from(state.candidates, ({ map, mode, votes }) => ({
      map,
      mode,
      votes,
    })),
  };
}

const side = (team: number, score: number, ownTeam: number): SideScore => ({
  team,
  score,
  own: team === ownTeam,
});

function viewFlag(flag: Flag, arena: Arena, ownTeam: number, carrier: string): Objective {
  const spot = arena.flags.find(({ team }) => team === flag.team);
  const isHome = flag.x === spot?.x && flag.y === spot.y;
  const where = flag.carrier !== "" ? "carried" : isHome ? "home" : "dropped";
  return { kind: "flag", team: flag.team, own: flag.team === ownTeam, where, carrier };
}

function viewHill({ hill, tick }: ArenaLink["state"], ownTeam: number): Objective {
  const movesInSec = Math.max(0, Math.ceil((hill.movesTick - tick) / TICKS_PER_SEC));
  return { kind: "hill", holder: holderOf(hill.holder, ownTeam), movesInSec };
}

function holderOf(holder: number, ownTeam: number): Extract<Objective, { kind: "hill" }>["holder"] {
  if (holder === HILL.empty) return "nobody";
  if (holder === HILL.contested) return "contested";
  return holder - HILL.held === ownTeam ? "own" : "enemy";
}
