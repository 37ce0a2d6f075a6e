/** A light client of the floor server. */
import { once } from "node:events";
import { AIM_STEPS } from "#loadtest/bench/scenarios/script.ts";
import { packFightCommand } from "#loadtest/bench/wires/floorFightWire.ts";
import { ackOf, isJoinedBy, PATCH, packCommand } from "#loadtest/bench/wires/floorWire.ts";
import type { OpenLine } from "./line.ts";
import { connect, frameOf } from "./socket.ts";

export const openFloor: OpenLine = async ({ port, name, kind }) => {
  const socket = connect(`ws://127.0.0.1:${port}`);
  await once(socket, "open");
  const joined = frameOf(socket, (frame) => isJoinedBy(frame, name));
  socket.send(name);
  await joined;
  return {
    socket,
    pack: kind === "field" ? packCommand : packFightCommand,
    isPatch: (frame) => frame[0] === PATCH,
    commandIn: (patch) => ackOf(patch) % AIM_STEPS,
  };
};
