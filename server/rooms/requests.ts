/** The messages that clients may send to an arena room, each with its schema and handler. */
import { TokenBucket } from "#server/edge/tokenBucket.ts";
import { countRefusal } from "#server/services/metrics.ts";
import { SPECTATOR_DELAY_MS } from "#shared/config.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import { HostAction } from "#shared/protocol/host.ts";
import {
  ChatMessage,
  type ClipAnswer,
  ClipRequest,
  DriftMessage,
  EmoteMessage,
  FollowMessage,
  PlaceMessage,
  VoteMessage,
} from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { type RoomContext, refused } from "./context.ts";
import type { FaultTolerantRoom } from "./FaultTolerantRoom.ts";
import { mayAct, perform } from "./host/hostActions.ts";
import { mustLoad, withArena } from "./loadArenas.ts";
import { changePlace } from "./places.ts";
import { receiver } from "./receiver.ts";

/** Lines on host actions in a room's log; refused ones are counted in /metrics as well. */
const ACTION_LINES = { burst: 40, perSec: 0.5 };

interface Hooks {
  /** Called after each successful host action or change of place. */
  adjust(): void;
  /** Whether the room stands still to move elsewhere. */
  isFrozen(): boolean;
}

/** A handler's return value answers the request. */
export function handleRequests(
  room: FaultTolerantRoom,
  context: RoomContext,
  { adjust, isFrozen }: Hooks,
): void {
  const receive = receiver(room, (id) => context.activity.noteMessage(id));
  const logAction = actionLogger(room);
  const adjusted = (answer: Answer): Answer => {
    if (answer.ok) adjust();
    return answer;
  };
  receive(MESSAGE.vote, VoteMessage, (id, { choice }) => {
    if (room.state.drones.get(id)) context.flow.vote.cast(id, choice);
  });
  receive(MESSAGE.host, HostAction, (id, action) => {
    const act = () => logAction(action, id, adjusted(perform(context, action, id)));
    const map = action.do === "settings" ? action.change.map : undefined;
    if (!mustLoad(map) || !mayAct(context, action, id)) return act();
    const answer = withArena(map, () => (isFrozen() ? refused("notNow") : act()));
    // For a message that asks for no answer.
    room.inTheBackground("host", answer);
    return answer;
  });
  receive(MESSAGE.chat, ChatMessage, (id, message) => context.chat.say(room.clients, id, message));
  receive(MESSAGE.place, PlaceMessage, (id, wish) => adjusted(changePlace(context, id, wish)));
  receive(MESSAGE.emote, EmoteMessage, (id, message) => context.emotes.show(id, message, performance.now()));
  receive(MESSAGE.drift, DriftMessage, (id, { px }) => {
    if (!room.state.drones.get(id)) return;
    const what = `${id} was corrected by ${px.toFixed(1)} px`;
    void context.incidents.write({ kind: "drift", what });
  });
  receive(MESSAGE.follow, FollowMessage, (id, { seat }) => context.visibility.follow(id, seat));
  receive(MESSAGE.clip, ClipRequest, (id): ClipAnswer => {
    const moment = context.recording.moment(lateMs(context, id));
    return moment ? { ok: true, ...moment } : { ok: false, reason: "notRecorded" };
  });
}

/** How far behind the room's present the sender's picture is, beyond the way of a patch. */
function lateMs({ world, settings }: RoomContext, id: string): number {
  const isDelayed = settings.now.spectating === "delayed" && world.state.roster.get(id)?.spectating === true;
  return isDelayed ? SPECTATOR_DELAY_MS : 0;
}

/** Logs a host action, without the password it may carry, and returns its answer. */
function actionLogger({ log }: FaultTolerantRoom) {
  const lines = new TokenBucket(ACTION_LINES, performance.now());
  return (action: HostAction, by: string, answer: Answer): Answer => {
    if (!answer.ok && answer.reason === "notHost")
      countRefusal("host action by somebody who is not the host");
    const logged = action.do === "password" ? { do: action.do } : action;
    if (lines.take(performance.now())) log.info({ player: by, action: logged, ...answer }, "host action");
    return answer;
  };
}
