/** This process as one that has rooms. */
import { matchMaker } from "@colyseus/core";
import type { RoomProcess } from "#server/admission/rooms.ts";
import { judgeBy } from "#server/edge/guardedSocket.ts";
import { EDITOR_SOCKET } from "#server/edge/socketBounds.ts";
import { answerProcess, answerRoom } from "#server/rooms/answers.ts";
import { EditorRoom } from "#server/rooms/editor/EditorRoom.ts";
import type { Game } from "./game.ts";

export const createLocalProcess = (upgrade: Game["upgrade"]): RoomProcess => ({
  // Read when it is asked: `npm run dev` makes this before Colyseus has drawn the id.
  get id() {
    return matchMaker.processId;
  },
  ask: answerRoom,
  askProcess: answerProcess,
  handOver(roomId, connection, onClosed) {
    connection.socket.once("close", onClosed);
    if (matchMaker.getLocalRoomById(roomId) instanceof EditorRoom) judgeBy(EDITOR_SOCKET, connection.socket);
    upgrade(connection);
  },
  // Nothing compares it with another one.
  load: 0,
  takesRooms: true,
});
