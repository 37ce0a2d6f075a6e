/** What people in a room may ask of it, by message. What is a request is answered. */
import type { Logger } from "pino";
import { countRefusal } from "#server/services/metrics.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import { HostAction } from "#shared/protocol/host.ts";
import { ChatMessage, FollowMessage, PlaceMessage, VoteMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { RoomContext } from "./context.ts";
import type { ArenaClient, FaultTolerantRoom } from "./FaultTolerantRoom.ts";
import { perform } from "./host/hostActions.ts";
import { changePlace } from "./places.ts";

export interface Asked {
  readonly parts: RoomContext;
  readonly log: Logger;
  /** Sees to what follows from a change of places or settings. */
  settle(): void;
}

export function takeRequests(room: FaultTolerantRoom, asked: Asked): void {
  const { parts, settle } = asked;
  room.onMessage(MESSAGE.vote, VoteMessage, ({ sessionId }: ArenaClient, { choice }: VoteMessage) => {
    if (room.state.drones.get(sessionId)) parts.flow.vote.cast(sessionId, choice);
  });
  room.onMessage(MESSAGE.host, HostAction, ({ sessionId }: ArenaClient, action: HostAction) =>
    performLogged(asked, action, sessionId),
  );
  room.onMessage(MESSAGE.chat, ChatMessage, ({ sessionId }: ArenaClient, message: ChatMessage) =>
    parts.talk.say(room.clients, sessionId, message),
  );
  room.onMessage(MESSAGE.place, PlaceMessage, ({ sessionId }: ArenaClient, wish: PlaceMessage) => {
    const answer = changePlace(parts, sessionId, wish);
    if (answer.ok) settle();
    return answer;
  });
  room.onMessage(MESSAGE.follow, FollowMessage, ({ sessionId }: ArenaClient, { seat }: FollowMessage) =>
    parts.views.follow(sessionId, seat),
  );
}

function performLogged({ parts, log, settle }: Asked, action: HostAction, by: string): Answer {
  const answer = perform(parts, action, by);
  if (answer.ok) settle();
  else if (answer.reason === "notHost") countRefusal("host action by somebody who is not the host");
  const what = action.do === "password" ? { do: action.do } : action;
  log.info({ player: by, action: what, ...answer }, "host action");
  return answer;
}
