/** Every host action: who may do it, and the function that does it. */

import { type RoomContext, refused } from "#server/rooms/context.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import type { HostAction, HostActionName } from "#shared/protocol/host.ts";
import { RANK } from "#shared/schema/state.ts";
import { endMatch, pauseMatch, restartMatch, startMatch } from "./matchActions.ts";
import { ban, forgiveAll, handOver, kick, move, mute, nameCohost } from "./peopleActions.ts";
import { addBot, changeSettings, lock, removeBot, setPassword } from "./roomActions.ts";

export type ActionOf<Name extends HostActionName> = Extract<HostAction, { do: Name }>;

/** `by`: the seat of who does it, who is in the room and may. */
type Apply<Name extends HostActionName> = (parts: RoomContext, action: ActionOf<Name>, by: string) => Answer;

interface Row<Name extends HostActionName> {
  /** The lowest rank that may. */
  readonly rank: number;
  readonly apply: Apply<Name>;
}

const byCohosts = <Name extends HostActionName>(apply: Apply<Name>): Row<Name> => ({
  rank: RANK.cohost,
  apply,
});
const byTheHost = <Name extends HostActionName>(apply: Apply<Name>): Row<Name> => ({
  rank: RANK.host,
  apply,
});

const ACTIONS: { readonly [Name in HostActionName]: Row<Name> } = {
  start: byCohosts(startMatch),
  pause: byCohosts(pauseMatch),
  end: byCohosts(endMatch),
  restart: byCohosts(restartMatch),
  settings: byCohosts(changeSettings),
  password: byCohosts(setPassword),
  move: byCohosts(move),
  addBot: byCohosts(addBot),
  removeBot: byCohosts(removeBot),
  lock: byCohosts(lock),
  kick: byCohosts(kick),
  ban: byCohosts(ban),
  forgiveAll: byCohosts(forgiveAll),
  mute: byCohosts(mute),
  handOver: byTheHost(handOver),
  cohost: byTheHost(nameCohost),
};

export function perform(parts: RoomContext, action: HostAction, by: string): Answer {
  // One row for each member of the union: what fits the one fits the other.
  const { rank, apply } = ACTIONS[action.do] as Row<HostActionName>;
  const isThere = parts.world.state.roster.get(by) !== undefined;
  if (!isThere || parts.succession.rankOf(by) < rank) return refused("notHost");
  return apply(parts, action, by);
}
