import { expect, test } from "vitest";
import { arenaOf } from "#server/arenas.ts";
import { publicSettings } from "#server/rooms/settings.ts";
import { PING_STEP_MS } from "#shared/config.ts";
import { createWorld } from "#shared/game/createWorld.ts";
import { rulesUnder } from "#shared/protocol/roomSettings.ts";
import { NEW_SEAT, Seat } from "#shared/schema/state.ts";
import { medianOf } from "./roundTrips.ts";
import { SeatPings } from "./seatPings.ts";

test("[FEAT-20] the roster shows round trips in steps, every 2 s at most, without flicker, and none for bots", () => {
  const settings = publicSettings();
  const { state } = createWorld(arenaOf(settings.map), 1, rulesUnder(settings));
  state.roster.set("ann", new Seat({ ...NEW_SEAT, name: "Ann" }));
  state.roster.set("bot", new Seat({ ...NEW_SEAT, name: "Bot", bot: true }));
  let measured = 0;
  const pings = new SeatPings(state, () => measured);
  const at = (nowMs: number, ms: number) => {
    measured = ms;
    pings.update(nowMs);
    return state.roster.get("ann")?.pingMs;
  };
  expect(at(0, 0)).toBe(0);
  expect(at(1999, 43)).toBe(0);
  expect(at(2000, 43)).toBe(4 * PING_STEP_MS);
  expect(at(4000, 46)).toBe(4 * PING_STEP_MS);
  expect(at(6000, 49)).toBe(5 * PING_STEP_MS);
  expect(at(8000, 1)).toBe(PING_STEP_MS);
  expect(state.roster.get("bot")?.pingMs).toBe(0);
});

test("[FEAT-21] one slow answer does not change the shown round trip", () => {
  expect(medianOf([])).toBe(0);
  expect(medianOf([40, 41, 900, 39, 42])).toBe(41);
});
