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
  /** The seat of the sender, who is active. */
  const senderOf = ({ sessionId }: ArenaClient): string => {
    context.activity.noteMessage(sessionId);
    return sessionId;
  };
  room.onMessage(MESSAGE.vote, VoteMessage, (client: ArenaClient, { choice }: VoteMessage) => {
    const by = senderOf(client);
    if (room.state.drones.get(by)) context.flow.vote.cast(by, choice);
  });
  room.onMessage(MESSAGE.host, HostAction, (client: ArenaClient, action: HostAction) => {
    const by = senderOf(client);
    return logAction(room, action, by, settled(perform(context, action, by)));
  });
  room.onMessage(MESSAGE.chat, ChatMessage, (client: ArenaClient, message: ChatMessage) =>
    context.chat.say(room.clients, senderOf(client), message),
  );
  room.onMessage(MESSAGE.place, PlaceMessage, (client: ArenaClient, wish: PlaceMessage) =>
    settled(changePlace(context, senderOf(client), wish)),
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
