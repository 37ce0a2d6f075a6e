/** Where a player wants to be: among the spectators, back in the fight, or on the other side. */
import { SPECTATORS_MAX } from "#shared/config.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import type { PlaceMessage } from "#shared/protocol/messages.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import { OK, type RoomContext, refused } from "./context.ts";
import { bench, enterFight, evenOutBots, leaveFight, playersIn, spectatorsIn, switchTeam } from "./seats.ts";

export function changePlace(parts: RoomContext, id: string, wish: PlaceMessage): Answer {
  const seat = parts.world.state.roster.get(id);
  if (!seat) return refused("nobody");
  if (wish.to === "spectators") return seat.spectating ? OK : watch(parts, id);
  return seat.spectating ? play(parts, id, wish.team) : changeSides(parts, id, wish.team);
}

function watch({ world, settings, fight, flow }: RoomContext, id: string): Answer {
  if (settings.now.spectating === "off") return refused("noSpectators");
  if (spectatorsIn(world.state) >= SPECTATORS_MAX) return refused("full");
  leaveFight(world.state, id);
  fight.leave(id);
  flow.vote.forget(id);
  return OK;
}

function play(parts: RoomContext, id: string, team: number | undefined): Answer {
  const { world, settings, fight } = parts;
  if (playersIn(world.state) >= settings.now.players) return refused("full");
  if (team !== undefined) {
    if (!mayChoose(parts)) return refused("noChoice");
    if (settings.now.teamChoice === "even" && lead(parts, team) > 0) return refused("uneven");
  }
  fight.enter(id);
  const { drone, events } = enterFight(world, id, team);
  // Else to watch for a moment would heal, and save from being destroyed.
  if (world.state.phase === "live") bench(world.state, drone);
  else parts.happened(events);
  return OK;
}

function changeSides(parts: RoomContext, id: string, team: number | undefined): Answer {
  const { world, settings } = parts;
  const own = world.state.roster.get(id)?.team;
  if (team === undefined) return OK;
  if (!mayChoose(parts)) return refused("noChoice");
  if (team === own) return OK;
  if (settings.now.teamChoice === "even" && lead(parts, team) >= 0) return refused("uneven");
  switchTeam(world, id, team);
  evenOutBots(world);
  return OK;
}

const mayChoose = ({ world, settings }: RoomContext): boolean =>
  isTeamed(world.rules) && settings.now.teamChoice !== "host";

/** How many players more than the other one a side has. Bots do not count: they even out what is left. */
function lead({ world }: RoomContext, side: number): number {
  let more = 0;
  for (const { team, bot, spectating } of world.state.roster.values()) {
    if (!bot && !spectating) more += team === side ? 1 : -1;
  }
  return more;
}
