/** Short frames read past ws' receiver, against the receiver alone. */
import type { Writable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as ws from "ws";
import { frame, OPCODE } from "#server/testing/rawSocket.ts";
import { type Receiver, readShortFrames } from "./shortFrames.ts";

type Stream = Receiver & Writable & { _state: number };

/** As the server configures it. ws exports the class; its types do not. */
function newReceiver(): Stream {
  const { Receiver: Class } = ws as unknown as { Receiver: new (options: object) => Stream };
  return new Class({ isServer: true, maxPayload: 4096, maxFragments: 16 });
}

type Heard = [event: string, ...values: unknown[]][];

/** Collects what a receiver tells its socket; afterwards nothing is written to it, as ws' socket sees to. */
function listen(receiver: Stream): Heard {
  const heard: Heard = [];
  receiver.on("message", (data: Buffer, isBinary: boolean) =>
    heard.push(["message", data.toString("hex"), isBinary]),
  );
  for (const event of ["ping", "pong"] as const)
    receiver.on(event, (data: Buffer) => heard.push([event, data.toString("hex")]));
  receiver.on("conclude", (code: number, reason: Buffer) =>
    heard.push(["conclude", code, reason.toString()]),
  );
  receiver.on("error", (error: Error & { code: string }) => heard.push(["error", error.code]));
  return heard;
}

const isOver = (receiver: Stream) => !receiver.writable;

/** What the two tell when they get the same chunks, and how many short frames passed the second by. */
async function hearBoth(chunks: readonly Buffer[]) {
  const [alone, passed] = [newReceiver(), newReceiver()];
  const [wanted, heard] = [listen(alone), listen(passed)];
  let short = 0;
  readShortFrames(passed, (payload) => {
    short++;
    heard.push(["message", payload.toString("hex"), true]);
  });
  for (const chunk of chunks) {
    // Each unmasks in place.
    if (!isOver(alone)) alone.write(Buffer.from(chunk));
    if (!isOver(passed)) passed.write(Buffer.from(chunk));
  }
  // Errors are told in the next turn.
  await new Promise(setImmediate);
  return { wanted, heard, short };
}

/** Cuts the bytes at the given offsets, modulo their number. */
function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const ends = [...new Set([...at.map((offset) => offset % bytes.length), bytes.length])].sort(
    (a, b) => a - b,
  );
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end)).filter(({ length }) => length > 0);
}

const payload = (maxLength: number) => fc.uint8Array({ maxLength });
const shortFrame = payload(125).map((bytes) => frame({ payload: bytes }));
const otherFrame = fc.oneof(
  fc.uint8Array({ minLength: 126, maxLength: 300 }).map((bytes) => frame({ payload: bytes })),
  payload(20).map((bytes) => frame({ payload: bytes, lengthBits: 16 })),
  fc
    .constantFrom(OPCODE.ping, OPCODE.pong)
    .chain((opcode) => payload(20).map((bytes) => frame({ opcode, payload: bytes }))),
  fc.string({ maxLength: 20 }).map((text) => frame({ opcode: OPCODE.text, payload: Buffer.from(text) })),
  fc
    .array(payload(20), { minLength: 1, maxLength: 4 })
    .map((parts) =>
      Buffer.concat([
        ...parts.map((bytes, i) =>
          frame({ opcode: i === 0 ? OPCODE.binary : OPCODE.continuation, fin: false, payload: bytes }),
        ),
        frame({ opcode: OPCODE.continuation, payload: [1] }),
      ]),
    ),
);
const brokenFrame = fc.oneof(
  fc.constantFrom(
    frame({ masked: false, payload: [1, 2, 3] }),
    frame({ rsv: 4, payload: [1] }),
    frame({ rsv: 1, payload: [1] }),
    frame({ opcode: 3, payload: [1] }),
    frame({ opcode: OPCODE.continuation, payload: [1] }),
    frame({ fin: false, payload: [1] }),
    frame({ opcode: OPCODE.close, payload: [3, 232] }),
    frame({ opcode: OPCODE.close }),
    frame({ lengthBits: 64, length: 2n ** 60n }),
  ),
  fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
);
const stream = fc
  .array(
    fc.oneof(
      { weight: 12, arbitrary: shortFrame },
      { weight: 4, arbitrary: otherFrame },
      { weight: 1, arbitrary: brokenFrame },
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((frames) => Buffer.concat(frames))
  .filter(({ length }) => length > 0);

test("[SHORT-1] any frames, in any chunks, are told in the same order and with the same errors as by ws alone, seed 7", async () => {
  let passedBy = 0;
  await fc.assert(
    fc.asyncProperty(stream, fc.array(fc.nat(), { maxLength: 6 }), async (bytes, offsets) => {
      const { wanted, heard, short } = await hearBoth(cut(bytes, offsets));
      expect(heard).toEqual(wanted);
      passedBy += short;
    }),
    { seed: 7, numRuns: 3000 },
  );
  expect(passedBy).toBeGreaterThan(2000);
});

test("[SHORT-2] every whole short frame of a chunk passes by the receiver, up to the first that does not", async () => {
  const frames = [[1], [2, 3], Array.from({ length: 125 }, (_, i) => i)].map((bytes) =>
    frame({ payload: bytes }),
  );
  const { short, heard } = await hearBoth([
    Buffer.concat([...frames, frame({ opcode: OPCODE.ping }), ...frames]),
  ]);
  expect(short).toBe(3);
  expect(heard).toHaveLength(7);
});

test("[SHORT-3] a receiver that lacks a field, as of another version of ws, gets every frame", () => {
  const idle = { _state: 0, _bufferedBytes: 0, _fragmented: 0, _opcode: 0, _errored: false };
  const bytes = frame({ payload: [1, 2, 3] });
  /** The lengths of what the receiver and the listener get. */
  const got = (fields: Partial<typeof idle>) => {
    const written: number[] = [];
    const short: number[] = [];
    const receiver = { ...fields, write: ({ length }: Buffer) => written.push(length) > 0 };
    readShortFrames(receiver as unknown as Receiver, ({ length }) => short.push(length));
    receiver.write(Buffer.from(bytes));
    return { written, short };
  };
  expect(got(idle)).toEqual({ written: [], short: [3] });
  for (const field of Object.keys(idle)) {
    expect(got({ ...idle, [field]: undefined })).toEqual({ written: [bytes.length], short: [] });
  }
});
