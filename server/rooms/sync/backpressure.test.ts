import { type Client, ClientState } from "@colyseus/core";
import { expect, test } from "vitest";
import type { RoundTrips } from "#server/rooms/tick/roundTrips.ts";
import { Backpressure, UNREAD_PAUSE_MS } from "./backpressure.ts";

/** One client, and what is known of how far behind it is. */
const setUp = (state: ClientState) => {
  const client = { sessionId: "a", state } as Client;
  const line = { unreadMs: 0, read: false };
  const known = { unreadMs: () => line.unreadMs, hasRead: () => line.read };
  return { client, line, pacing: new Backpressure(known as unknown as RoundTrips) };
};

test("[PACE-1] who is too far behind is paused once, and resumed when it has read all, not before", () => {
  const { client, line, pacing } = setUp(ClientState.JOINED);
  line.unreadMs = UNREAD_PAUSE_MS;
  expect(pacing.update([client])).toEqual({ paused: [], resumed: [] });
  line.unreadMs = UNREAD_PAUSE_MS + 1;
  expect(pacing.update([client])).toEqual({ paused: [client], resumed: [] });
  expect(client.state).toBe(ClientState.JOINING);
  // One answer came, but what was sent last has not been read.
  line.unreadMs = 0;
  expect(pacing.update([client])).toEqual({ paused: [], resumed: [] });
  line.read = true;
  expect(pacing.update([client])).toEqual({ paused: [], resumed: [client] });
  expect(client.state).toBe(ClientState.JOINED);
  expect(pacing.update([client])).toEqual({ paused: [], resumed: [] });
});

test("[PACE-2] who has not acknowledged its join, or is leaving, is none of its business", () => {
  for (const state of [ClientState.JOINING, ClientState.LEAVING]) {
    const { client, line, pacing } = setUp(state);
    line.unreadMs = 2 * UNREAD_PAUSE_MS;
    expect(pacing.update([client])).toEqual({ paused: [], resumed: [] });
    expect(client.state).toBe(state);
  }
});
