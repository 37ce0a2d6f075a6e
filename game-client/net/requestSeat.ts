/** Asks the server for a seat as the join request says, and builds the request that returns to a room. */
import type { Client } from "@colyseus/sdk";
import type { JoinRequest } from "#client/joinRequest.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import type { ArenaLink } from "./connection.ts";
import { takeOverSeat } from "./roomLookup.ts";

export const requestByLink = (code: string): JoinRequest => ({
  kind: "code",
  code,
  password: "",
  spectate: false,
});

/** Rejects with what the server says. */
export async function requestSeat(
  client: Client,
  endpoint: string,
  name: string,
  request: JoinRequest,
): Promise<ArenaLink> {
  const asked = { name, protocol: PROTOCOL_VERSION };
  switch (request.kind) {
    case "quick":
      return client.joinOrCreate<ArenaState>(ROOM.arena, { ...asked, mode: request.mode });
    case "host": {
      const { settings, password } = request;
      return client.create<ArenaState>(ROOM.arena, { ...asked, private: true, settings, password });
    }
    case "code": {
      const { code, password, spectate } = request;
      return client.joinById<ArenaState>(code, { ...asked, password, spectate });
    }
    case "takeOver":
      return client.reconnect<ArenaState>(await takeOverSeat(endpoint, request.code));
  }
}

/** Public rooms are as good as each other; a hosted one is the only one of its kind. */
export function requestBack(room: ArenaLink, cameBy: JoinRequest): JoinRequest {
  if (!room.state.hosted) return cameBy.kind === "quick" ? cameBy : { kind: "quick" };
  return {
    kind: "code",
    code: room.roomId,
    password: "password" in cameBy ? cameBy.password : "",
    spectate: room.state.roster.get(room.sessionId)?.spectating ?? false,
  };
}
