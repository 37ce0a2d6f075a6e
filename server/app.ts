/** The composition root: the one place that knows every room and route. */
import { defineRoom, defineServer } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { ROOM } from "#shared/protocol/names.ts";
import { mapsRoute } from "./http/maps.ts";
import { pageRoute } from "./http/page.ts";
import { colyseusLog } from "./log.ts";
import { ArenaRoom } from "./rooms/ArenaRoom.ts";
import { endStaleSocket } from "./rooms/staleSocket.ts";

export interface AppOptions {
  /** False under Vite, which serves the page itself, over its own HTTP server. */
  standalone: boolean;
}

export function createApp({ standalone }: AppOptions) {
  return defineServer({
    rooms: { [ROOM.arena]: defineRoom(ArenaRoom) },
    express: (app) => {
      app.disable("x-powered-by");
      app.use(mapsRoute());
      if (standalone) app.use(pageRoute());
    },
    ...(standalone && { transport: new WebSocketTransport({ beforeUpgrade: endStaleSocket }) }),
    logger: colyseusLog,
    greet: false,
  });
}
