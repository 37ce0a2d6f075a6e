/** A light client of socket.io: Engine.IO 4, on a WebSocket from the start. */
import { once } from "node:events";
import type { OpenLine } from "./line.ts";
import { connect, frameOf } from "./socket.ts";

const STATE = '42["state",';
const CONNECT = "40";
const PING = "2".charCodeAt(0);
const PONG = "3";
/** A player's entry in the state is shorter. */
const ENTRY_CHARS_MAX = 160;

export const openSocketIo: OpenLine = async ({ port, name, script }) => {
  const socket = connect(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
  await once(socket, "open");
  const connected = frameOf(socket, (frame) => startsWith(frame, CONNECT));
  socket.send(CONNECT);
  const { sid } = JSON.parse((await connected).toString("latin1", CONNECT.length)) as { sid: string };
  const shown = frameOf(socket, (frame) => startsWith(frame, STATE) && frame.includes(sid));
  socket.send(`42["join",${JSON.stringify(name)}]`);
  await shown;
  return {
    socket,
    pack: (command) => `42["command",${JSON.stringify(command)}]`,
    isPatch(frame) {
      if (frame.length === 1 && frame[0] === PING) socket.send(PONG);
      return startsWith(frame, STATE);
    },
    commandIn(patch) {
      const aim = aimIn(patch, sid);
      return aim === undefined ? undefined : script.commandShownBy(aim);
    },
  };
};

const startsWith = (frame: Buffer, text: string): boolean =>
  frame.length >= text.length && frame.toString("latin1", 0, text.length) === text;

/** The aim of this player in `"SID":{"x":…,"y":…,"aim":…}`, radians; undefined if it is not in the patch, or destroyed. */
function aimIn(patch: Buffer, sid: string): number | undefined {
  const at = patch.indexOf(sid, 0, "latin1");
  if (at < 0) return undefined;
  const [entry = ""] = patch.toString("latin1", at, at + ENTRY_CHARS_MAX).split("}");
  if (/"hp":0\b/.test(entry)) return undefined;
  return Number(/"aim":([^,]+)/.exec(entry)?.[1] ?? Number.NaN);
}
