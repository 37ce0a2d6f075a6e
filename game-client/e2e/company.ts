/** Quiet players who keep the bots away, so that nobody shoots at who is tested. */
import { Client, type Room } from "@colyseus/sdk";
import { ROOM } from "#shared/protocol/names.ts";

/** They leave when the returned function is called. */
export async function seatBystanders(url: string, count: number): Promise<() => Promise<void>> {
  const rooms: Room[] = [];
  for (let i = 0; i < count; i++) {
    const room = await new Client(url).joinOrCreate(ROOM.arena, { name: `Idle ${i}` });
    room.onMessage("*", () => {});
    rooms.push(room);
  }
  return async () => {
    await Promise.all(rooms.map((room) => room.leave()));
  };
}
