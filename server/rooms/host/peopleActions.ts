/** Host actions on who is in the room. */

import { OK, type RoomContext, refused } from "#server/rooms/context.ts";
import { switchTeam } from "#server/rooms/seats.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import { RANK, type Seat } from "#shared/schema/state.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import type { ActionOf } from "./hostActions.ts";

export function kick(parts: RoomContext, { seat }: ActionOf<"kick">, by: string): Answer {
  return onLower(parts, seat, by, () => parts.people.kick(seat));
}

export function ban(parts: RoomContext, { seat }: ActionOf<"ban">, by: string): Answer {
  // It ends every seat of the same person: a second tab is no way round who may be banned.
  const { succession, people } = parts;
  const isProtected = people.seatsWith(seat).some((each) => succession.rankOf(each) >= succession.rankOf(by));
  return isProtected ? refused("notOnThem") : onLower(parts, seat, by, () => people.ban(seat));
}

export function forgiveAll({ bans }: RoomContext): Answer {
  bans.forgiveAll();
  return OK;
}

export function mute(parts: RoomContext, { seat, muted }: ActionOf<"mute">, by: string): Answer {
  return onLower(parts, seat, by, (theirs) => {
    theirs.muted = muted;
    parts.people.mute(seat, muted);
  });
}

export function move({ world }: RoomContext, { seat, team }: ActionOf<"move">): Answer {
  if (!isTeamed(world.rules)) return refused("noChoice");
  if (!world.state.drones.get(seat)) return refused("nobody");
  switchTeam(world, seat, team);
  return OK;
}

export function handOver(parts: RoomContext, { seat }: ActionOf<"handOver">, by: string): Answer {
  // To somebody who is away it would only be taken from them again.
  if (parts.world.state.roster.get(seat)?.connected === false) return refused("nobody");
  return onLower(parts, seat, by, () => parts.succession.handOver(seat));
}

export function nameCohost(parts: RoomContext, { seat, cohost }: ActionOf<"cohost">, by: string): Answer {
  return onLower(parts, seat, by, (theirs) => {
    theirs.rank = cohost ? RANK.cohost : RANK.player;
  });
}

/** On a person who has less to say here than who does it. */
function onLower(
  { world, succession }: RoomContext,
  seat: string,
  by: string,
  apply: (theirs: Seat) => void,
): Answer {
  const theirs = world.state.roster.get(seat);
  if (!theirs) return refused("nobody");
  if (theirs.bot || succession.rankOf(seat) >= succession.rankOf(by)) return refused("notOnThem");
  apply(theirs);
  return OK;
}
