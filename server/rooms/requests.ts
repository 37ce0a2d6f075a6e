/** The messages that clients may send to an arena room, each with its schema and handler. */
import { countRefusal } from "#server/services/metrics.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import { HostAction } from "#shared/protocol/host.ts";
import { ChatMessage, FollowMessage, PlaceMessage, VoteMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { RoomContext } from "./context.ts";
import type { ArenaClient, FaultTolerantRoom } from "./FaultTolerantRoom.ts";
import { perform } from "./host/hostActions.ts";
import { changePlace } from "./places.ts";

/** `settle`: called after each successful host action or change of place. A handler's return value answers the request. */
export function handleRequests(room: FaultTolerantRoom, context: RoomContext, settle: () => void): void {
  const settled = (answer: Answer): Answer => {
    if (answer.ok) settle();
    return answer;
  };
  room.onMessage(MESSAGE.vote, VoteMessage, ({ sessionId }: ArenaClient, { choice }: VoteMessage) => {
    if (room.state.drones.get(sessionId)) context.flow.vote.cast(sessionId, choice);
  });
  room.onMessage(MESSAGE.host, HostAction, ({ sessionId }: ArenaClient, action: HostAction) =>
    logAction(room, action, sessionId, settled(perform(context, action, sessionId))),
  );
  room.onMessage(MESSAGE.chat, ChatMessage, ({ sessionId }: ArenaClient, message: ChatMessage) =>
    context.chat.say(room.clients, sessionId, message),
  );
  room.onMessage(MESSAGE.place, PlaceMessage, ({ sessionId }: ArenaClient, wish: PlaceMessage) =>
    settled(changePlace(context, sessionId, wish)),
  );
  room.onMessage(MESSAGE.follow, FollowMessage, ({ sessionId }: ArenaClient, { seat }: FollowMessage) =>
    context.visibility.follow(sessionId, seat),
  );
}

/** Logs a host action, without the password it may carry, and returns its answer. */
function logAction({ log }: FaultTolerantRoom, action: HostAction, by: string, answer: Answer): Answer {
  if (!answer.ok && answer.reason === "notHost") countRefusal("host action by somebody who is not the host");
  const logged = action.do === "password" ? { do: action.do } : action;
  log.info({ player: by, action: logged, ...answer }, "host action");
  return answer;
}
