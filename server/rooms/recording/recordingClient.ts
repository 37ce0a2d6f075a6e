/** A client without a connection that sees everything at once: it receives the frames that a replay keeps. */
import { type Client, ClientState } from "@colyseus/core";

/** No seat has this session ID: Colyseus draws nine characters of an alphabet with digits and both cases. */
const SESSION_ID = "recording";

const clients = new WeakSet<Client>();

/** `receive` gets each frame as any client does. Its bytes may be overwritten after the call. */
export function createRecordingClient(receive: (frame: Uint8Array) => void): Client {
  const client = { sessionId: SESSION_ID, state: ClientState.JOINED, raw: receive } as unknown as Client;
  clients.add(client);
  return client;
}

export const isRecording = (client: Client): boolean => clients.has(client);
