import type { Writable } from "node:stream";
import { expect, test } from "vitest";
import * as ws from "ws";
import { HEADER_MAX_BYTES, headerBytes, OPCODE, writeHeader } from "./webSocketFrame.ts";

/** ws exports it, and its types do not. */
const Receiver = Reflect.get(ws, "Receiver") as new (options: object) => Writable;

test.each([0, 1, 125, 126, 127, 65_535, 65_536, 100_000])(
  "[WS-FRAME-1] a message and a ping in a row, %i bytes of payload: ws reads both",
  (bytes) => {
    const payload = Buffer.alloc(bytes, 7);
    const frame = Buffer.alloc(HEADER_MAX_BYTES + bytes);
    const end = writeHeader(frame, 0, OPCODE.binary, bytes);
    expect(end).toBe(headerBytes(bytes));
    payload.copy(frame, end);
    const ping = Buffer.alloc(2 + 3);
    writeHeader(ping, 0, OPCODE.ping, 3);
    ping.write("123", 2);

    const read: [string, Buffer][] = [];
    const receiver = new Receiver({
      isServer: false,
      binaryType: "nodebuffer",
      allowSynchronousEvents: true,
    });
    for (const kind of ["message", "ping"]) receiver.on(kind, (data: Buffer) => read.push([kind, data]));
    receiver.write(Buffer.concat([frame.subarray(0, end + bytes), ping]));
    expect(read.map(([kind, data]) => [kind, data.toString("latin1")])).toEqual([
      ["message", payload.toString("latin1")],
      ["ping", "123"],
    ]);
  },
);
