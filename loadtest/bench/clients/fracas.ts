/** A light client of Fracas: sends the real input stream, and reads only the ack of each patch. */
import { InputEncoder } from "@colyseus/schema/input";
import { AIM_STEPS, playerCalled } from "#loadtest/bench/scenarios/script.ts";
import { ackOf } from "#loadtest/lib/frames.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { CommandInput } from "#shared/schema/input.ts";
import { CODE, isCode, takeColyseusSeat, type Wish } from "./colyseusSeat.ts";
import type { Line, OpenLine } from "./line.ts";

export const openFracas: OpenLine = ({ port, name }) => open({ port, room: ROOM.arena, name });

/**
 * As a visitor from elsewhere: a page of the proxy's address, each player from an address of its own in 127.0.0.0/8, because
 * a server behind a proxy counts what each address asks for.
 */
export const openFracasByProxy: OpenLine = ({ port, name }) => {
  const player = playerCalled(name);
  const localAddress = `127.1.${player >> 8}.${player & 0xff}`;
  const headers = { origin: `http://127.0.0.1:${port}` };
  return open({ port, room: ROOM.arena, name, options: { localAddress, headers } });
};

async function open(wish: Wish): Promise<Line> {
  const { socket } = await takeColyseusSeat(wish);
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
}
