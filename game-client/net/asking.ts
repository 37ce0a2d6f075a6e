/** Requests to the room, each answered with an Answer, or with nothing where the connection fails. */
import type { Answer } from "#shared/protocol/answer.ts";
import type { ArenaLink } from "./arenaLink.ts";

/** Never rejects. */
export async function ask(
  room: ArenaLink | undefined,
  type: string,
  payload: unknown,
): Promise<Answer | { ok: false; reason: "noAnswer" }> {
  try {
    if (room?.connection.isOpen) return await room.request(type, payload);
  } catch {
    // Cut off, too slow, or of a kind that this server does not know.
  }
  return { ok: false, reason: "noAnswer" };
}
