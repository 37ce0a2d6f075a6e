import { type Client, ClientState } from "@colyseus/core";
import { expect, test } from "vitest";
import type { RoundTrips } from "#server/rooms/tick/roundTrips.ts";
import { Backpressure, UNREAD_PAUSE_MS } from "./backpressure.ts";

/** One client, and its measurements. */
const setUp = (state: ClientState) => {
  const client = { sessionId: "a", state } as Client;
  const line = { unreadMs: 0, read: false };
  const known = { unreadMs: () => line.unreadMs, hasRead: () => line.read };
  return { client, line, backpressure: new Backpressure(known as unknown as RoundTrips) };
};

test("[PACE-1] a client that falls behind is paused once, and resumed when it has read everything, not before", () => {
  const { client, line, backpressure } = setUp(ClientState.JOINED);
  line.unreadMs = UNREAD_PAUSE_MS;
  expect(backpressure.update([client])).toEqual({ paused: [], resumed: [] });
  line.unreadMs = UNREAD_PAUSE_MS + 1;
  expect(backpressure.update([client])).toEqual({ paused: [client], resumed: [] });
  expect(client.state).toBe(ClientState.JOINING);
  // The client has answered one ping, but has not read everything that was sent.
  line.unreadMs = 0;
  expect(backpressure.update([client])).toEqual({ paused: [], resumed: [] });
  line.read = true;
  expect(backpressure.update([client])).toEqual({ paused: [], resumed: [client] });
  expect(client.state).toBe(ClientState.JOINED);
  expect(backpressure.update([client])).toEqual({ paused: [], resumed: [] });
});

test("[PACE-2] a client that has not acknowledged its join, or is leaving, is neither paused nor resumed", () => {
  for (const state of [ClientState.JOINING, ClientState.LEAVING]) {
    const { client, line, backpressure } = setUp(state);
    line.unreadMs = 2 * UNREAD_PAUSE_MS;
    expect(backpressure.update([client])).toEqual({ paused: [], resumed: [] });
    expect(client.state).toBe(state);
  }
});
