/** Asks the server for a seat, by whichever way the player wants in; and the way back into a room one was in. */
import type { Client } from "@colyseus/sdk";
import type { Way } from "#client/way.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import type { ArenaLink } from "./connection.ts";
import { takeOverSeat } from "./roomLookup.ts";

export const wayByLink = (code: string): Way => ({ kind: "code", code, password: "", spectate: false });

/** Rejects with what the server says. */
export async function takeWay(client: Client, endpoint: string, name: string, way: Way): Promise<ArenaLink> {
  const asked = { name, protocol: PROTOCOL_VERSION };
  switch (way.kind) {
    case "quick":
      return client.joinOrCreate<ArenaState>(ROOM.arena, { ...asked, mode: way.mode });
    case "host": {
      const { settings, password } = way;
      return client.create<ArenaState>(ROOM.arena, { ...asked, private: true, settings, password });
    }
    case "code": {
      const { code, password, spectate } = way;
      return client.joinById<ArenaState>(code, { ...asked, password, spectate });
    }
    case "takeOver":
      return client.reconnect<ArenaState>(await takeOverSeat(endpoint, way.code));
  }
}

/** Public rooms are as good as each other; a hosted one is the only one of its kind. */
export function wayBack(room: ArenaLink, cameBy: Way): Way {
  if (!room.state.hosted) return cameBy.kind === "quick" ? cameBy : { kind: "quick" };
  return {
    kind: "code",
    code: room.roomId,
    password: "password" in cameBy ? cameBy.password : "",
    spectate: room.state.roster.get(room.sessionId)?.spectating ?? false,
  };
}
