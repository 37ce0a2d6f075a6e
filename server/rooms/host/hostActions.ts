/** Performs host actions: checks who acts, and on whom, by the action's row, then calls its handler. */
import { type RoomContext, refused } from "#server/rooms/context.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import { HOST_ACTION_ROWS, type HostAction, type HostActionName, isInReach } from "#shared/protocol/host.ts";
import type { Handler, Handlers } from "./handler.ts";
import { MATCH_ACTIONS } from "./matchActions.ts";
import { PEOPLE_ACTIONS } from "./peopleActions.ts";
import { ROOM_ACTIONS } from "./roomActions.ts";
import { SCREEN_ACTIONS } from "./screenActions.ts";

const HANDLERS: Handlers = { ...MATCH_ACTIONS, ...PEOPLE_ACTIONS, ...ROOM_ACTIONS, ...SCREEN_ACTIONS };

/** Whether the person in seat `by` has the rank for it. */
export const mayAct = ({ succession, world }: RoomContext, action: HostAction, by: string): boolean =>
  world.state.roster.has(by) && succession.rankOf(by) >= HOST_ACTION_ROWS[action.do].by;

/** Performs an action for the person in seat `by`; a refusal changes nothing. */
export function perform(context: RoomContext, action: HostAction, by: string): Answer {
  const { succession, world } = context;
  const { roster } = world.state;
  if (!mayAct(context, action, by)) return refused("notHost");
  const rank = succession.rankOf(by);
  if ("seat" in action) {
    const { seat } = action;
    const theirs = roster.get(seat);
    if (!theirs) return refused("nobody");
    const target = { bot: theirs.bot, self: seat === by, rank: succession.rankOf(seat) };
    if (!isInReach(action.do, target, rank)) return refused("notOnThem");
  }
  // Each handler takes the message of its own name, which the compiler cannot follow through the lookup.
  return (HANDLERS[action.do] as Handler<HostActionName>)(context, action, by);
}
