import { afterEach, expect, test, vi } from "vitest";
import type { Game } from "./game.ts";
import type { ArenaLink } from "./net/arenaLink.ts";
import type { ConnectionState } from "./net/connectionContext.ts";
import { Screens } from "./pageScreens.ts";
import { home, idleAt, lateUntil, restartAt, screen } from "./ui/state/model.ts";

vi.mock("./address.ts", () => ({ showRoomInAddress: () => {} }));
vi.mock("./ui/hud/lazyArena.ts", () => ({ OverArena: { fetch: async () => {} } }));

afterEach(() => vi.restoreAllMocks());

/** A page in a room whose state the test changes. */
async function enter() {
  const listeners = new Set<() => void>();
  const seat = { spectating: false };
  const state = { map: "anvil", roster: new Map([["me", seat]]), drones: new Map([["me", {}]]) };
  const onStateChange = Object.assign((listener: () => void) => void listeners.add(listener), {
    remove: (listener: () => void) => void listeners.delete(listener),
  });
  const room = { roomId: "BCDFG", sessionId: "me", state, onStateChange } as unknown as ArenaLink;
  const game = { enterArena: vi.fn(async () => {}), showTitle: () => {} };
  const screens = new Screens(
    { kind: "joining" },
    async () => game as unknown as Game,
    () => {},
  );
  const joined = { kind: "joined", room } as ConnectionState;
  await screens.show(joined);
  const patch = async () => {
    for (const listener of [...listeners]) listener();
    await vi.waitFor(() => expect(listeners.size).toBe(1));
  };
  return { screens, joined, state, seat, game, patch };
}

test("[SCREENS-1] the server's question and its announced restart outlast a match, and end with a drop; a question asked during the return stays", async () => {
  const { screens, joined, state, game, patch } = await enter();
  idleAt.value = 1;
  restartAt.value = 2;
  state.map = "orchard";
  await patch();
  expect(game.enterArena).toHaveBeenCalledTimes(2);
  expect([idleAt.value, restartAt.value]).toEqual([1, 2]);
  await screens.show({ ...joined, kind: "dropped", seatLostAt: 0 } as ConnectionState);
  expect([idleAt.value, restartAt.value]).toEqual([undefined, undefined]);
  // The server asks anew on the new connection, before the first state.
  idleAt.value = 3;
  await screens.show({ ...joined });
  expect(idleAt.value).toBe(3);
});

test("[SCREENS-2] a player who begins to watch late is told until the picture comes, or until they play again", async () => {
  const { screens, joined, state, seat, patch } = await enter();
  const now = vi.spyOn(performance, "now");
  now.mockReturnValue(0);
  const watch = async () => {
    lateUntil.value = 10_000;
    seat.spectating = true;
    state.drones.clear();
    await patch();
    expect(lateUntil.value).toBe(10_000);
  };
  await watch();
  now.mockReturnValue(10_050);
  await patch();
  expect(lateUntil.value).toBeUndefined();
  now.mockReturnValue(0);
  await watch();
  seat.spectating = false;
  state.drones.set("me", {});
  await patch();
  await vi.waitFor(() => expect(lateUntil.value).toBeUndefined());
  lateUntil.value = 1;
  await screens.show({ ...joined });
  expect(lateUntil.value).toBeUndefined();
});

test("[PANEL-7] a page that has left the editor for a room returns to it, also when the room refuses it", async () => {
  const { screens, game } = await enter();
  const showTitle = vi.spyOn(game, "showTitle");
  home.value = { kind: "editor", id: "a1b2c3d4e5f6", key: "k" };
  const outcome = { kind: "refused", code: 462, reason: "" } as const;
  await screens.show({
    kind: "idle",
    outcome,
    request: { kind: "code", code: "BCDFG", password: "", spectate: false },
  });
  expect(screen.value).toEqual({ kind: "editor", id: "a1b2c3d4e5f6", key: "k", outcome });
  expect(showTitle).not.toHaveBeenCalled();
  home.value = undefined;
  await screens.show({ kind: "idle" });
  expect(screen.value.kind).toBe("title");
});
