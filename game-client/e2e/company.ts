/** Players of the stock SDK who stand still. Bots, which would shoot, do not fill the seats that they take. */
import { Client, type Room } from "@colyseus/sdk";
import { companyOf } from "#shared/arena/company.ts";
import { MESSAGE, ROOM } from "#shared/protocol/names.ts";
import { readArena } from "#shared/testing/readMap.ts";

/** The server asks players who send nothing for 60 s whether they are still there, and removes them 20 s later. */
const SIGN_OF_LIFE_EVERY_MS = 20_000;

export interface Company {
  readonly rooms: readonly [Room, ...Room[]];
  leave(): Promise<void>;
}

/** Bots fill the first arena of the public room up to this many drones. */
const DRONES = companyOf(readArena("foundry"));

/** Seats so many that no bot comes while at least so many players are there as well. */
export const seatAllBut = (url: string, players: number): Promise<Company> =>
  seatBystanders(url, DRONES - players);

export const seatBystanders = (url: string, count: number): Promise<Company> =>
  seat(
    url,
    Array.from({ length: count }, (_, index) => `Idle ${index}`),
  );

/** Seats one player a name in the public arena. */
export async function seat(url: string, names: readonly string[]): Promise<Company> {
  const rooms: Room[] = [];
  for (const name of names) {
    const room = await new Client(url).joinOrCreate(ROOM.arena, { name });
    room.onMessage("*", () => {});
    rooms.push(room);
  }
  const signs = setInterval(() => {
    // A message without effect on a player.
    for (const room of rooms) room.send(MESSAGE.follow, { seat: "nobody" });
  }, SIGN_OF_LIFE_EVERY_MS);
  return {
    rooms: rooms as [Room, ...Room[]],
    async leave() {
      clearInterval(signs);
      await Promise.all(rooms.map((room) => room.leave()));
    },
  };
}
