/** Requests a seat from the server as a join request says, and builds the requests that lead to a known room. */
import type { JoinRequest } from "#client/joinRequest.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import type { ArenaLink } from "./arenaLink.ts";
import type { ConnectionContext } from "./connectionContext.ts";
import { ownIdentity, withIdentity } from "./identity.ts";
import { takeOverSeat } from "./roomLookup.ts";

/** Authenticates and joins by `context.request`. Rejects with the server's code and message. */
export function requestSeat(context: ConnectionContext): Promise<ArenaLink> {
  const { client, endpoint, request } = context;
  return withIdentity(
    () => ownIdentity(endpoint),
    async (token) => {
      client.http.authToken = token;
      if (request.kind !== "takeOver") return requestNewSeat(context, request);
      return client.reconnect<ArenaState>(await takeOverSeat(endpoint, request.code, token));
    },
  );
}

async function requestNewSeat(
  { client, name }: ConnectionContext,
  request: Exclude<JoinRequest, { kind: "takeOver" }>,
): Promise<ArenaLink> {
  const options = { name, protocol: PROTOCOL_VERSION };
  switch (request.kind) {
    case "quick":
      return client.joinOrCreate<ArenaState>(ROOM.arena, { ...options, mode: request.mode });
    case "host": {
      const { settings, password } = request;
      return client.create<ArenaState>(ROOM.arena, { ...options, private: true, settings, password });
    }
    case "code": {
      const { code, password, spectate } = request;
      return client.joinById<ArenaState>(code, { ...options, password, spectate });
    }
  }
}

export const requestByLink = (code: string): JoinRequest => ({
  kind: "code",
  code,
  password: "",
  spectate: false,
});

/** After the seat is lost: any public room will do, but a hosted room is joined again by its code. */
export function rejoinRequest(room: ArenaLink, lastRequest: JoinRequest): JoinRequest {
  if (!room.state.hosted) return lastRequest.kind === "quick" ? lastRequest : { kind: "quick" };
  return {
    kind: "code",
    code: room.roomId,
    password: "password" in lastRequest ? lastRequest.password : "",
    spectate: room.state.roster.get(room.sessionId)?.spectating ?? false,
  };
}
