/** A light client of Fracas: its real input stream up; of what comes down only the ack is read. */
import { InputEncoder } from "@colyseus/schema/input";
import { AIM_STEPS } from "#loadtest/bench/scenario.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { CommandInput } from "#shared/schema/input.ts";
import { CODE, isCode, takeColyseusSeat } from "./colyseusSeat.ts";
import type { OpenLine } from "./line.ts";

/** After the code: the server's clock, u32, then the number of the last command that it has run, u32. */
const ACK_AT = 5;

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
    commandIn: (patch) => patch.readUInt32LE(ACK_AT) % AIM_STEPS,
  };
};
