/** Performs host actions: checks who acts, and on whom, by the action's row, then calls its handler. */
import { type RoomContext, refused } from "#server/rooms/context.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import { HOST_ACTION_ROWS, type HostAction, type HostActionName, isInReach } from "#shared/protocol/host.ts";
import { RANK } from "#shared/schema/state.ts";
import type { Handler, Handlers } from "./handler.ts";
import { MATCH_ACTIONS } from "./matchActions.ts";
import { PEOPLE_ACTIONS } from "./peopleActions.ts";
import { ROOM_ACTIONS } from "./roomActions.ts";

const HANDLERS: Handlers = { ...MATCH_ACTIONS, ...PEOPLE_ACTIONS, ...ROOM_ACTIONS };

/** Performs an action for the person in seat `by`; a refusal changes nothing. */
export function perform(context: RoomContext, action: HostAction, by: string): Answer {
  const { roster } = context.world.state;
  const rank = rankOfPerson(context, by);
  if (!roster.get(by) || rank < HOST_ACTION_ROWS[action.do].by) return refused("notHost");
  if ("seat" in action) {
    const { seat } = action;
    const theirs = roster.get(seat);
    if (!theirs) return refused("nobody");
    const self = context.people.seatsWith(by).includes(seat);
    const target = { bot: theirs.bot, self, rank: rankOfPerson(context, seat) };
    if (!isInReach(action.do, target, rank)) return refused("notOnThem");
  }
  // Each handler takes the message of its own name, which the compiler cannot follow through the lookup.
  return (HANDLERS[action.do] as Handler<HostActionName>)(context, action, by);
}

/** The highest rank among the seats of the person: the host's second tab is the host's, too. */
function rankOfPerson({ people, succession }: RoomContext, id: string): number {
  return Math.max(RANK.player, ...people.seatsWith(id).map((seat) => succession.rankOf(seat)));
}
