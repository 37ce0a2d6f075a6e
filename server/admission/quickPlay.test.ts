/** Where quick play leads: into public rooms of the mode that was asked for, and nowhere else, whatever is asked. */
import { matchMaker, ServerError } from "@colyseus/core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Guest, type Seat } from "#server/testing/asking.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { listAs } from "#server/testing/listing.ts";
import type { RoomListing } from "#shared/protocol/lobby.ts";
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

/** From here on nobody finds them, though their held places keep them for a while. */
async function endRooms(except?: string): Promise<void> {
  for (const { roomId } of await matchMaker.query({})) {
    if (roomId !== except) void matchMaker.getLocalRoomById(roomId)?.disconnect();
  }
}

/** A room with one player in it, that says this of itself. */
async function open(listing: Partial<RoomListing> = {}, isPrivate = false): Promise<string> {
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
  test("[QUICK-1] finds the public room of the mode, among others", async () => {
    await open({ mode: "deathmatch" });
    const flags = await open({ mode: "captureTheFlag" });
    await open({ mode: "kingOfTheHill" });
    expect(await quickPlay({ mode: "captureTheFlag" })).toBe(flags);
    expect(await quickPlay({ mode: "captureTheFlag" }, "join")).toBe(flags);
  });

  test("[QUICK-2] makes a room when there is none of the mode; join does not", async () => {
    const before = await open({ mode: "deathmatch" });
    expect((await new Guest(server).askSeat({ mode: "teamDeathmatch" }, "join")).status).toBe(521);
    expect(await quickPlay({ mode: "teamDeathmatch" })).not.toBe(before);
  });

  test("[QUICK-3] without a mode any public room will do, and of several the fullest", async () => {
    await open();
    const fuller = await open({ mode: "kingOfTheHill" });
    await new Guest(server).reserve({}, "joinById", fuller);
    expect(await quickPlay({})).toBe(fuller);
  });

  test("[QUICK-4] passes a room by whose players' places are taken, held ones included, though watchers fit in", async () => {
    const full = await open({ playersMax: 2, players: 1 });
    expect(await quickPlay({})).toBe(full);
    expect(await quickPlay({})).not.toBe(full);
    expect(await quickPlay({ spectate: true })).toBe(full);
  });

  test("[QUICK-5] those who come at once end up in one room", async () => {
    const rooms = await Promise.all(Array.from({ length: 8 }, () => quickPlay({})));
    expect(new Set(rooms).size).toBe(1);
  });

  test("[QUICK-6] tries the next room when one refuses", async () => {
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

describe("a hosted room", () => {
  test.each([
    ["listed", false],
    ["unlisted", true],
  ])(
    "[QUICK-7] that is %s is out of reach of quick play, whatever the options say",
    async (_how, isPrivate) => {
      const hosted = await open({ hosted: true, mode: "deathmatch" }, isPrivate);
      const wiles = [{}, { mode: "deathmatch" }, { hosted: true }, { roomId: hosted }, { private: true }];
      for (const wile of [...wiles, { private: false }, { metadata: { hosted: true } }, { password: "x" }]) {
        expect(await quickPlay(wile)).not.toBe(hosted);
      }
      await endRooms(hosted);
      expect((await new Guest(server).askSeat({}, "join")).status).toBe(521);
      expect((await new Guest(server).reserve({}, "joinById", hosted)).roomId).toBe(hosted);
    },
  );

  test("[QUICK-8] is not made by quick play, so that nobody gets round the bounds on making rooms", async () => {
    const seen: unknown[] = [];
    const { ArenaRoom } = await import("#server/rooms/ArenaRoom.ts");
    const { onCreate } = ArenaRoom.prototype;
    ArenaRoom.prototype.onCreate = function (this: InstanceType<typeof ArenaRoom>, options?: object) {
      seen.push(options);
      return onCreate.call(this, options);
    } as typeof onCreate;
    const wish = { name: "Eve", private: true, password: "secret", settings: { title: "Eve's" } };
    await quickPlay({ ...wish, mode: "kingOfTheHill" });
    await new Guest(server).reserve({ ...wish, private: false }, "create");
    await new Guest(server).reserve(wish, "create");
    ArenaRoom.prototype.onCreate = onCreate;
    expect(seen).toMatchObject([
      { private: false, password: "", mode: "kingOfTheHill" },
      { private: false, password: "" },
      { private: true, password: "secret", settings: { title: "Eve's", players: 8 } },
    ]);
    expect(seen.slice(0, 2).every((options) => !Object.hasOwn(options as object, "settings"))).toBe(true);
  });
});

test("[QUICK-9] a public room that somebody made for themselves is one that quick play finds", async () => {
  const guest = new Guest(server);
  const seat: Seat = await guest.reserve({}, "create");
  const { socket } = await guest.knock(seat);
  if (socket) sockets.push(socket);
  expect(await quickPlay({})).toBe(seat.roomId);
});
