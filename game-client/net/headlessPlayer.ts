/** A player without a page, for tests, probes and load: the client's netcode with frames paced by a timer. */
import { Client } from "@colyseus/sdk";
import type { Arena } from "#shared/arena/arena.ts";
import { ROOM } from "#shared/protocol/names.ts";
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";
import type { Command } from "#shared/schema/input.ts";
import type { ArenaState, Drone } from "#shared/schema/state.ts";
import type { ArenaLink } from "./arenaLink.ts";
import { createPrediction, type Prediction } from "./prediction.ts";

export interface HeadlessPlayer {
  readonly room: ArenaLink;
  readonly own: Drone;
  readonly prediction: Prediction;
  /** Plays frames with the commands of `next` until `done` returns true. Throws after `timeoutMs`. */
  play(next: () => Command, done: () => boolean, timeoutMs?: number): Promise<void>;
  leave(): Promise<void>;
}

const FRAME_MS = 8;

/** Enters a public room, or hosts a room with these settings. */
export async function enterHeadless(
  url: string,
  arena: Arena,
  name: string,
  settings?: RoomSettings,
): Promise<HeadlessPlayer> {
  const client = new Client(url);
  const room = settings
    ? await client.create<ArenaState>(ROOM.arena, { name, private: true, settings })
    : await client.joinOrCreate<ArenaState>(ROOM.arena, { name });
  room.onMessage("*", () => {});
  await new Promise<void>((resolve) => room.onStateChange.once(() => resolve()));
  const own = room.state.drones.get(room.sessionId);
  if (!own) throw new Error(`${name} has no drone`);
  const prediction = createPrediction(room, own, arena);

  return {
    room,
    own,
    prediction,
    async play(next, done, timeoutMs = 60_000) {
      const giveUpAt = performance.now() + timeoutMs;
      while (!done()) {
        if (performance.now() > giveUpAt) throw new Error(`${name} was not done within ${timeoutMs} ms`);
        const due = prediction.advance(performance.now());
        for (let i = 0; i < due; i++) prediction.send(next());
        await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
      }
    },
    async leave() {
      prediction.dispose();
      if (room.connection.isOpen) await room.leave();
    },
  };
}
