/** Announces an action of the host to the room. */
import { OK, type RoomContext } from "#server/rooms/context.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import type { MatchAction } from "#shared/protocol/messages.ts";

/** `by`: the seat of the person who did it. */
export function announce({ notify, world }: RoomContext, by: string, did: MatchAction): Answer {
  notify({ type: "match", by: world.state.roster.get(by)?.name ?? "", did });
  return OK;
}
