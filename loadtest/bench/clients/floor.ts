/** A light client of the floor server. */
import { once } from "node:events";
import { ackOf, JOINED, PATCH, packCommand } from "#loadtest/bench/floorWire.ts";
import { AIM_STEPS, playerCalled } from "#loadtest/bench/scenario.ts";
import type { OpenLine } from "./line.ts";
import { connect, frameOf } from "./socket.ts";

export const openFloor: OpenLine = async ({ port, name }) => {
  const socket = connect(`ws://127.0.0.1:${port}`);
  await once(socket, "open");
  const id = playerCalled(name);
  const joined = frameOf(socket, (frame) => frame[0] === JOINED && frame.readUInt16LE(1) === id);
  socket.send(name);
  await joined;
  return {
    socket,
    pack: packCommand,
    isPatch: (frame) => frame[0] === PATCH,
    commandIn: (patch) => ackOf(patch) % AIM_STEPS,
  };
};
