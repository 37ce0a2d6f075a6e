/** Players of the stock SDK who stand still. Bots, which would shoot, do not fill the seats that they take. */
import { Client, type Room } from "@colyseus/sdk";
import { ROOM } from "#shared/protocol/names.ts";

export interface Company {
  readonly rooms: readonly [Room, ...Room[]];
  leave(): Promise<void>;
}

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
  return {
    rooms: rooms as [Room, ...Room[]],
    async leave() {
      await Promise.all(rooms.map((room) => room.leave()));
    },
  };
}
