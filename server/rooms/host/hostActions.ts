/** Performs host actions: checks the rank that the action's row asks for, then calls its handler. */
import { type RoomContext, refused } from "#server/rooms/context.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import { HOST_ACTION_ROWS, type HostAction, type HostActionName } from "#shared/protocol/host.ts";
import type { Handler, Handlers } from "./handler.ts";
import { MATCH_ACTIONS } from "./matchActions.ts";
import { PEOPLE_ACTIONS } from "./peopleActions.ts";
import { ROOM_ACTIONS } from "./roomActions.ts";

const HANDLERS: Handlers = { ...MATCH_ACTIONS, ...PEOPLE_ACTIONS, ...ROOM_ACTIONS };

/** Performs an action for the person in seat `by`; a refusal changes nothing. */
export function perform(context: RoomContext, action: HostAction, by: string): Answer {
  const { world, succession } = context;
  const row = HOST_ACTION_ROWS[action.do];
  if (!world.state.roster.get(by) || succession.rankOf(by) < row.by) return refused("notHost");
  if (row.on === "lower") {
    if (!("seat" in action)) throw new Error(`"${action.do}" acts on a seat and names none`);
    const theirs = world.state.roster.get(action.seat);
    if (!theirs) return refused("nobody");
    if (theirs.bot || succession.rankOf(action.seat) >= succession.rankOf(by)) return refused("notOnThem");
  }
  // Each handler takes the message of its own name, which the compiler cannot follow through the lookup.
  return (HANDLERS[action.do] as Handler<HostActionName>)(context, action, by);
}
