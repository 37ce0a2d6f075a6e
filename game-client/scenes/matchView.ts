/** Translates the match in the room's state into what the HUD shows. */
import { type ArenaLink, readSettings } from "#client/net/arenaLink.ts";
import type { MatchView, Objective, SideScore } from "#client/ui/state/model.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { HILL } from "#shared/modes/kingOfTheHill.ts";
import { MODES } from "#shared/modes/modes.ts";
import { isTeamMode } from "#shared/modes/rules.ts";
import type { Flag, Seat } from "#shared/schema/state.ts";

export function viewMatch({ state, sessionId }: ArenaLink, arena: Arena): MatchView {
  const { mode } = state;
  const ownTeam = sideOf(state.roster.get(sessionId));
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

/** A number that no team has, for a spectator: no side is theirs. */
const NO_SIDE = -1;

const sideOf = (seat: Pick<Seat, "team" | "spectating"> | undefined): number =>
  seat && !seat.spectating ? seat.team : NO_SIDE;

const side = (team: number, score: number, ownTeam: number): SideScore => ({
  team,
  score,
  own: team === ownTeam,
});

function viewFlag(flag: Flag, arena: Arena, ownTeam: number, carrier: string): Objective {
  const spot = arena.flags.find(({ team }) => team === flag.team);
  const isHome = flag.x === spot?.x && flag.y === spot.y;
  const where = flag.carrier !== "" ? "carried" : isHome ? "home" : "dropped";
  const whose = ownTeam === NO_SIDE ? "nobody" : flag.team === ownTeam ? "own" : "theirs";
  return { kind: "flag", team: flag.team, whose, where, carrier };
}

function viewHill({ hill, tick }: ArenaLink["state"], ownTeam: number): Objective {
  const movesInSec = Math.max(0, Math.ceil((hill.movesTick - tick) / TICKS_PER_SEC));
  const team = hill.holder - HILL.held;
  return { kind: "hill", holder: holderOf(hill.holder, ownTeam), team, movesInSec };
}

function holderOf(holder: number, ownTeam: number): Extract<Objective, { kind: "hill" }>["holder"] {
  if (holder === HILL.empty) return "nobody";
  if (holder === HILL.contested) return "contested";
  if (ownTeam === NO_SIDE) return "team";
  return holder - HILL.held === ownTeam ? "own" : "enemy";
}
