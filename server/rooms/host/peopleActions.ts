/** Host actions on people. `perform` has checked that the person may be acted on. */
import { OK, refused } from "#server/rooms/context.ts";
import { switchTeam } from "#server/rooms/sides.ts";
import { RANK } from "#shared/schema/state.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import type { Handlers } from "./handler.ts";

export const PEOPLE_ACTIONS = {
  kick({ people }, { seat }) {
    people.kick(seat);
    return OK;
  },

  ban({ people }, { seat }) {
    people.ban(seat);
    return OK;
  },

  forgiveAll({ bans }) {
    bans.forgiveAll();
    return OK;
  },

  mute({ people, world }, { seat, muted }) {
    people.mute(seat, muted);
    const theirs = world.state.roster.get(seat);
    if (theirs) theirs.muted = muted;
    return OK;
  },

  move({ world }, { seat, team }) {
    if (!isTeamed(world.rules)) return refused("noChoice");
    if (!world.state.drones.get(seat)) return refused("nobody");
    switchTeam(world, seat, team);
    return OK;
  },

  handOver({ world, succession }, { seat }) {
    // Only a drop of the host starts the search for a successor: one who is away already would leave the room without.
    if (world.state.roster.get(seat)?.connected === false) return refused("nobody");
    succession.handOver(seat);
    return OK;
  },

  cohost({ world }, { seat, cohost }) {
    const theirs = world.state.roster.get(seat);
    if (theirs) theirs.rank = cohost ? RANK.cohost : RANK.player;
    return OK;
  },
} satisfies Partial<Handlers>;
