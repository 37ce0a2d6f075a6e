/** Quick play on a booted server: it leads into public rooms of the wanted mode only, whatever the other options say. */
import { matchMaker, ServerError } from "@colyseus/core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { listingOf, type RoomMetadata } from "#server/admission/directory.ts";
import { provideProgress } from "#server/services/progress.ts";
import { Guest, type Seat } from "#server/testing/asking.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { listAs } from "#server/testing/listing.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

let server: TestServer;
const sockets: { destroy(): void }[] = [];
beforeAll(async () => {
  server = await bootServer({ production: true, trustedProxies: ["127.0.0.1"] });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await endRooms();
});
afterAll(() => server.close());

/** Unlists the rooms at once; kept seats may delay their disposal. */
async function endRooms(except?: string): Promise<void> {
  for (const { roomId } of await matchMaker.query({})) {
    if (roomId !== except) void matchMaker.getLocalRoomById(roomId)?.disconnect();
  }
}

/** Opens a room with one player in it, and publishes this listing for it. */
async function open(listing: Partial<RoomMetadata> = {}, isPrivate = false): Promise<string> {
  const guest = new Guest(server);
  const seat = await guest.reserve({}, "create");
  const { socket } = await guest.knock(seat);
  if (socket) sockets.push(socket);
  await listAs(seat.roomId, listing);
  await matchMaker.getLocalRoomById(seat.roomId).setPrivate(isPrivate);
  return seat.roomId;
}

const quickPlay = async (options: object, method = "joinOrCreate"): Promise<string> =>
  (await new Guest(server).reserve(options, method)).roomId;

describe("quick play", () => {
  test("[QUICK-1] finds the public room of the wanted mode among rooms of other modes", async () => {
    await open({ mode: "deathmatch" });
    const flags = await open({ mode: "captureTheFlag" });
    await open({ mode: "kingOfTheHill" });
    expect(await quickPlay({ mode: "captureTheFlag" })).toBe(flags);
    expect(await quickPlay({ mode: "captureTheFlag" }, "join")).toBe(flags);
  });

  test("[QUICK-2] joinOrCreate opens a room if none of the mode exists; join does not", async () => {
    const before = await open({ mode: "deathmatch" });
    expect((await new Guest(server).askSeat({ mode: "teamDeathmatch" }, "join")).status).toBe(521);
    expect(await quickPlay({ mode: "teamDeathmatch" })).not.toBe(before);
  });

  test("[QUICK-3] without a mode, chooses the fullest public room of any mode", async () => {
    await open();
    const fuller = await open({ mode: "kingOfTheHill" });
    await new Guest(server).reserve({}, "joinById", fuller);
    expect(await quickPlay({})).toBe(fuller);
  });

  test("[QUICK-4] skips a room whose player seats are taken or reserved, but admits spectators to it", async () => {
    const full = await open({ playersMax: 2, players: 1 });
    expect(await quickPlay({})).toBe(full);
    expect(await quickPlay({})).not.toBe(full);
    expect(await quickPlay({ spectate: true })).toBe(full);
  });

  test("[QUICK-5] leads simultaneous requests into one room", async () => {
    const rooms = await Promise.all(Array.from({ length: 8 }, () => quickPlay({})));
    expect(new Set(rooms).size).toBe(1);
  });

  test("[QUICK-6] tries the next room if one refuses", async () => {
    const [first, second] = [await open(), await open()];
    const fullest = await quickPlay({});
    const other = fullest === first ? second : first;
    const assertEntry = () => {
      throw new ServerError(REFUSAL.roomLocked, "locked a moment ago");
    };
    Object.assign(matchMaker.getLocalRoomById(fullest), { assertEntry });
    expect(await quickPlay({})).toBe(other);
  });
});

test("[QUICK-14] a room of another version is no end of quick play: another room is tried, or opened", async () => {
  const former = await open();
  const assertEntry = () => {
    throw new ServerError(REFUSAL.stalePage, "this page speaks protocol 2, the server 1: reload the page");
  };
  Object.assign(matchMaker.getLocalRoomById(former), { assertEntry });
  const opened = await quickPlay({});
  expect(opened).not.toBe(former);
  expect((await new Guest(server).askSeat({ protocol: 0 })).status).toBe(REFUSAL.stalePage);
});

describe("a hosted room", () => {
  test.each([
    ["listed", false],
    ["unlisted", true],
  ])(
    "[QUICK-7] that is %s is never reached by quick play, whatever the options say",
    async (_how, isPrivate) => {
      const hosted = await open({ hosted: true, mode: "deathmatch" }, isPrivate);
      const attempts = [{}, { mode: "deathmatch" }, { hosted: true }, { roomId: hosted }, { private: true }];
      for (const options of [
        ...attempts,
        { private: false },
        { metadata: { hosted: true } },
        { password: "x" },
      ]) {
        expect(await quickPlay(options)).not.toBe(hosted);
      }
      await endRooms(hosted);
      expect((await new Guest(server).askSeat({}, "join")).status).toBe(521);
      expect((await new Guest(server).reserve({}, "joinById", hosted)).roomId).toBe(hosted);
    },
  );

  test("[QUICK-8] is never created by quick play, which would bypass the limits on creating rooms", async () => {
    const created: unknown[] = [];
    const { prototype } = matchMaker.getHandler(ROOM.arena).klass;
    const { onCreate } = prototype;
    prototype.onCreate = function (options: object) {
      created.push(options);
      return onCreate?.call(this, options);
    };
    const wish = { name: "Eve", private: true, password: "secret", settings: { title: "Eve's" } };
    await quickPlay({ ...wish, mode: "kingOfTheHill" });
    await new Guest(server).reserve({ ...wish, private: false }, "create");
    await new Guest(server).reserve(wish, "create");
    prototype.onCreate = onCreate;
    expect(created).toMatchObject([
      { private: false, password: "", mode: "kingOfTheHill" },
      { private: false, password: "" },
      { private: true, password: "secret", settings: { title: "Eve's", players: 8 } },
    ]);
    expect(created.slice(0, 2).every((options) => !Object.hasOwn(options as object, "settings"))).toBe(true);
  });
});

test("[QUICK-9] quick play finds a public room that was opened by create", async () => {
  const guest = new Guest(server);
  const seat: Seat = await guest.reserve({}, "create");
  const { socket } = await guest.knock(seat);
  if (socket) sockets.push(socket);
  expect(await quickPlay({})).toBe(seat.roomId);
});

describe("with points", () => {
  const pointsOf = (deathmatch: number) =>
    provideProgress({
      entering: async (_identity, name) => ({ name, isAccount: false, points: { deathmatch } }),
      keep() {},
    });
  afterEach(() => provideProgress());

  test("[QUICK-10] of rooms that are equally full, chooses the one nearest in points", async () => {
    await open({ points: 2000 });
    const near = await open({ points: 1400 });
    await open({ points: 600 });
    pointsOf(1350);
    expect(await quickPlay({})).toBe(near);
  });

  test("[QUICK-11] counts a player without a rated game in the room's mode as a newcomer, who has 1000", async () => {
    await open({ points: 1500, mode: "kingOfTheHill" });
    const near = await open({ points: 900, mode: "kingOfTheHill" });
    pointsOf(1500);
    expect(await quickPlay({ mode: "kingOfTheHill" })).toBe(near);
  });

  test("[QUICK-12] no player gets a much emptier room, or one of another mode, for the sake of points", async () => {
    const fuller = await open({ points: 3000 });
    await open({ points: 1000 });
    await open({ points: 1000, mode: "kingOfTheHill" });
    await new Guest(server).reserve({}, "joinById", fuller);
    pointsOf(1000);
    expect(await quickPlay({ mode: "deathmatch" })).toBe(fuller);
  });

  test("[QUICK-13] a room's list entry does not tell its points", async () => {
    const roomId = await open({ points: 1234 });
    const [room] = await matchMaker.query({ roomId });
    expect(room && listingOf(room)).not.toHaveProperty("points");
    expect(room?.metadata).toMatchObject({ points: 1234 });
  });
});
