/** Takes the messages of a room's clients: parses each, and ends a connection that goes on to send malformed ones. */
import type { Client, MessageContext, Room } from "@colyseus/core";
import type { Logger } from "pino";
import type { GuardedSocket } from "#server/edge/guardedSocket.ts";
import { isLogDue } from "#server/logOnce.ts";
import { countRefusal } from "#server/services/metrics.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";

/** Malformed messages of a connection, after which it ends; our clients send none. */
const MALFORMED_MAX = 8;

interface MessageSchema<Message> {
  safeParse(raw: unknown): { success: true; data: Message } | { success: false };
}

type Handle<Message> = (sessionId: string, message: Message) => unknown;
type OnMessage = (
  type: string,
  receive: (client: Client, raw: unknown, context: MessageContext) => unknown,
) => void;

/**
 * Parses here what Colyseus would parse: it logs each message that a schema refuses, with zod's whole text and a stack, and
 * answers that text to the client. `note`: called with the sender of each message before its handler. A handler's return
 * value answers a request.
 */
export function receiver(
  room: Pick<Room, "onMessage"> & { readonly log: Logger },
  note: (sessionId: string) => void = () => {},
) {
  const malformed = new WeakMap<Client, number>();
  const refuse = (client: Client, type: string, context: MessageContext): unknown => {
    countRefusal(`a malformed ${type} message`);
    if (isLogDue("malformed", type)) room.log.warn({ player: client.sessionId, type }, "a malformed message");
    const count = (malformed.get(client) ?? 0) + 1;
    malformed.set(client, count);
    if (count >= MALFORMED_MAX) {
      const socket = client.ref as unknown as GuardedSocket;
      socket.endAsMalicious({ code: CLOSE.badFrame, reason: "malformed messages" });
    }
    return context.reject("malformed");
  };
  // Colyseus' own type names each room's messages.
  const onMessage = room.onMessage.bind(room) as OnMessage;
  return <Message>(type: string, schema: MessageSchema<Message>, handle: Handle<Message>): void => {
    onMessage(type, (client, raw, context) => {
      const parsed = schema.safeParse(raw);
      if (!parsed.success) return refuse(client, type, context);
      note(client.sessionId);
      return handle(client.sessionId, parsed.data);
    });
  };
}
