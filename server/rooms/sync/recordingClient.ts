/** A client without a connection that sees everything at once: it receives the frames that a replay keeps. */
import { type Client, ClientState } from "@colyseus/core";
import { PATCH_MS } from "#shared/config.ts";

/** No seat has this session ID: Colyseus draws nine characters of an alphabet with digits and both cases. */
const SESSION_ID = "recording";

/** With more seats, a room records the poses of drones with one patch in SPARSE_PATCHES: five times a second. */
const SPARSE_ABOVE_PLAYERS = 48;
const SPARSE_PATCHES = 4;

const clients = new WeakSet<Client>();

/** `receive` gets each frame as any client does. Its bytes may be overwritten after the call. */
export function createRecordingClient(receive: (frame: Uint8Array) => void): Client {
  const client = { sessionId: SESSION_ID, state: ClientState.JOINED, raw: receive } as unknown as Client;
  clients.add(client);
  return client;
}

export const isRecording = (client: Client): boolean => clients.has(client);

/** The patches from one recorded pose of a moving drone to the next, in a room with so many seats for players. */
export const patchesPerPose = (players: number): number =>
  players > SPARSE_ABOVE_PLAYERS ? SPARSE_PATCHES : 1;

export const msPerPose = (players: number): number => patchesPerPose(players) * PATCH_MS;
