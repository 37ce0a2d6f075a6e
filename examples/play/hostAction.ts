/** A host sends the example action to a running server, for itself and for a seat that does not exist. */
import { bootServer } from "#server/testing/bootServer.ts";
import { BEHIND_PROXY, openRoom } from "#server/testing/company.ts";
import type { HostAction } from "#shared/protocol/host.ts";

const server = await bootServer(BEHIND_PROXY);
const host = await openRoom(server);
const room = server.roomOf(host.room);
const drone = room.state.drones.get(host.id);
if (drone) drone.hp = 10;
// The action is known only in the copy of the game that has it.
const heal = (seat: string) => host.host({ do: "heal", seat } as unknown as HostAction);
const done = await heal(host.id);
const refused = await heal("nobody");
console.log(JSON.stringify({ done, hp: drone?.hp, refused }));
await host.room.leave();
await server.close();
process.exit(0);
