/** Requests to the room that the server answers. */
import type { Answer } from "#shared/protocol/answer.ts";
import type { ArenaLink } from "./arenaLink.ts";

/** Never rejects: without a connection, or on a time-out, the answer is "noAnswer". */
export async function sendRequest<Answered = Answer>(
  room: Pick<ArenaLink, "connection" | "request"> | undefined,
  type: string,
  payload: unknown,
): Promise<Answered | { ok: false; reason: "noAnswer" }> {
  try {
    if (room?.connection.isOpen) return await room.request(type, payload);
  } catch {
    // The connection dropped, the answer took too long, or the server does not know the type.
  }
  return { ok: false, reason: "noAnswer" };
}
