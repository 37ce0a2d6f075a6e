/** A light client of Fracas: sends the real input stream, and reads only the ack of each patch. */
import { InputEncoder } from "@colyseus/schema/input";
import { AIM_STEPS } from "#loadtest/bench/scenarios/script.ts";
import { ackOf } from "#loadtest/lib/frames.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { CommandInput } from "#shared/schema/input.ts";
import { CODE, isCode, takeColyseusSeat } from "./colyseusSeat.ts";
import type { OpenLine } from "./line.ts";

export const openFracas: OpenLine = async ({ port, name }) => {
  const { socket } = await takeColyseusSeat(port, ROOM.arena, name);
  const input = new CommandInput();
  const encoder = new InputEncoder(input);
  return {
    socket,
    pack(command) {
      Object.assign(input, command);
      const changes = encoder.encode();
      const frame = new Uint8Array(1 + changes.length);
      frame[0] = CODE.input;
      frame.set(changes, 1);
      return frame;
    },
    isPatch: (frame) => isCode(frame, CODE.patch),
    commandIn: (patch) => ackOf(patch) % AIM_STEPS,
  };
};
