/** A player's wish to change places: to the spectators, back into the fight, or to the other side. */
import { SPECTATOR_DELAY_MS, SPECTATORS_MAX, TICK_MS } from "#shared/config.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import type { PlaceMessage } from "#shared/protocol/messages.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import { DRONE } from "#shared/tuning.ts";
import { hasFullShare } from "./admissionRules.ts";
import { OK, type RoomContext, refused } from "./context.ts";
import { bench, enterFight, leaveFight, playersIn, spectatorsIn } from "./seats.ts";
import { evenOutBots, freeTeam, switchTeam } from "./sides.ts";

const SPECTATOR_DELAY_TICKS = Math.ceil(SPECTATOR_DELAY_MS / TICK_MS);

export function changePlace(context: RoomContext, id: string, wish: PlaceMessage): Answer {
  const seat = context.world.state.roster.get(id);
  if (!seat) return refused("nobody");
  if (wish.to === "spectators") return seat.spectating ? OK : watch(context, id);
  return seat.spectating ? play(context, id, wish.team) : changeSides(context, id, wish.team);
}

function watch(context: RoomContext, id: string): Answer {
  const { world, settings, roomTick, flow, record } = context;
  if (settings.now.spectating === "off") return refused("noSpectators");
  if (spectatorsIn(world.state) >= SPECTATORS_MAX) return refused("full");
  if (isBeyondShare(context, id, true)) return refused("networkFull");
  record.left(id, "spectates");
  leaveFight(world.state, id);
  roomTick.removePlayer(id);
  flow.vote.forget(id);
  return OK;
}

function play(context: RoomContext, id: string, team: number | undefined): Answer {
  const { world, settings, roomTick, people, record } = context;
  if (playersIn(world.state) >= settings.now.players) return refused("full");
  if (isBeyondShare(context, id, false)) return refused("networkFull");
  if (team !== undefined) {
    if (!mayChoose(context)) return refused("noChoice");
    if (settings.now.teamChoice === "even" && lead(context, team) > 0) return refused("uneven");
  }
  roomTick.addPlayer(id);
  const { drone, events } = enterFight(world, id, team ?? freeTeam(world, people.strengthOf));
  record.entered(id);
  // Otherwise a player could heal, or escape destruction, by watching for a moment.
  if (world.state.phase === "live") bench(world.state, drone, waitTicks(context));
  else context.happened(events);
  return OK;
}

/** A spectator who follows a player sees the present: it is as old as a late spectator's before they fight. */
const waitTicks = ({ settings }: RoomContext): number =>
  settings.now.spectating === "follow" ? SPECTATOR_DELAY_TICKS : DRONE.respawnTicks;

function isBeyondShare({ world, settings, people }: RoomContext, id: string, spectate: boolean): boolean {
  const visitor = people.personIn(id);
  return visitor !== undefined && hasFullShare({ state: world.state, settings, people }, visitor, spectate);
}

function changeSides(context: RoomContext, id: string, team: number | undefined): Answer {
  const { world, settings } = context;
  const own = world.state.roster.get(id)?.team;
  if (team === undefined) return OK;
  if (!mayChoose(context)) return refused("noChoice");
  if (team === own) return OK;
  if (settings.now.teamChoice === "even" && lead(context, team) >= 0) return refused("uneven");
  switchTeam(world, id, team);
  evenOutBots(world);
  return OK;
}

const mayChoose = ({ world, settings }: RoomContext): boolean =>
  isTeamed(world.rules) && settings.now.teamChoice !== "host";

/** The side's players minus the other side's. Bots do not count: they even out the rest. */
function lead({ world }: RoomContext, side: number): number {
  let difference = 0;
  for (const { team, bot, spectating } of world.state.roster.values()) {
    if (!bot && !spectating) difference += team === side ? 1 : -1;
  }
  return difference;
}
