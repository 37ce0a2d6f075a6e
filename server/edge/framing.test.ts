/** Sends broken WebSocket framing (RFC 6455) to a booted server: it ends that connection, and no other. */
import { ClientState, Protocol } from "@colyseus/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import {
  acknowledgeJoin,
  closeFrame,
  type FrameFields,
  frame,
  OPCODE,
  openRawSocket,
  type RawSocket,
  type Received,
} from "#server/testing/rawSocket.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";

let server: TestServer;
let honest: ArenaClient;
let room: ReturnType<TestServer["roomOf"]>;
/** The server's object for the honest player, who would reconnect by itself with a new one. */
let honestClient: unknown;
beforeAll(async () => {
  // A client that is cut off keeps its seat for a while, so many seats are needed.
  server = await bootServer({ roomPlayers: 100 });
  honest = await server.join({ name: "Honest" });
  room = server.roomOf(honest);
  honestClient = room.clients.get(honest.sessionId);
});
afterAll(() => server.close());

/** A Colyseus PING message: every room answers it with the same single byte. */
const PING = frame({ payload: [Protocol.PING] });
const PING_ANSWER: Received = { opcode: OPCODE.binary, payload: Buffer.of(Protocol.PING) };
const OWN_CLOSE = 4000;

const ping = (payload: readonly number[] = []) => frame({ opcode: OPCODE.ping, payload });
const pong = (payload: readonly number[] = []) => frame({ opcode: OPCODE.pong, payload });
const pongOf = (...payload: number[]): Received => ({ opcode: OPCODE.pong, payload: Buffer.from(payload) });
const text = (...payload: number[]) => frame({ opcode: OPCODE.text, payload });
const close = (...payload: number[]) => frame({ opcode: OPCODE.close, payload });
/** The fragments of a message; by default a PING. */
const begin = (fields?: FrameFields) => frame({ payload: [Protocol.PING], ...fields, fin: false });
const continued = (fields?: FrameFields) => frame({ opcode: OPCODE.continuation, ...fields, fin: false });
const finish = (fields?: FrameFields) => frame({ opcode: OPCODE.continuation, ...fields, fin: true });
const bytes = (...parts: Buffer[]) => Buffer.concat(parts);
const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);
const sevens = (count: number) => times(count, 7);
const kilobyte = Buffer.alloc(1024);

const seated = (raw: RawSocket) => room.clients.get(raw.sessionId);

async function join(): Promise<RawSocket> {
  const raw = await openRawSocket(server, "Raw");
  await acknowledgeJoin(raw);
  await until("it plays", () => seated(raw)?.state === ClientState.JOINED);
  return raw;
}

/** The server's pongs, and its answers to PING messages. */
const answersTo = (raw: RawSocket) =>
  raw.received.filter(({ opcode, payload }) => {
    return opcode === OPCODE.pong || (opcode === OPCODE.binary && payload[0] === Protocol.PING);
  });

/**
 * The client leaves the room, and the honest player goes on receiving ticks. The seat is gone if the server closed the
 * connection for what it sent, or if the client left; it is kept after a drop.
 */
async function expectOnlyGone(raw: RawSocket, seat: "gone" | "kept" = "gone"): Promise<void> {
  await until("the client leaves the room", () => !seated(raw));
  expect(room.state.roster.get(raw.sessionId)?.connected).toBe(seat === "kept" ? false : undefined);
  const { tick } = room.state;
  await until("the honest player receives a later tick", () => honest.state.tick > tick);
  expect(room.clients.get(honest.sessionId) === honestClient).toBe(true);
}

type Case = readonly [what: string, sent: Buffer];

/** Sends a PING and a ping after `sent`: the server would answer both if it still read. */
const closesWith =
  (code: number, ...answers: Received[]) =>
  async (_what: string, sent: Buffer, seat?: "kept") => {
    const raw = await join();
    raw.send(sent, PING, ping());
    expect(await raw.closed()).toEqual({ code, isClean: true });
    expect(answersTo(raw)).toEqual(answers);
    await expectOnlyGone(raw, seat);
  };

describe.concurrent("protocol errors", () => {
  const bits = (rsv: number): Case => [`reserved bits ${rsv}`, frame({ rsv })];
  const reserved = (opcode: number): Case => [`reserved opcode ${opcode}`, frame({ opcode })];

  test.each<Case>([
    ["an unmasked message", frame({ payload: [Protocol.PING], masked: false })],
    ["an unmasked empty message", frame({ masked: false })],
    ["an unmasked ping", frame({ opcode: OPCODE.ping, masked: false })],
    ["an unmasked continuation", bytes(begin(), finish({ masked: false }))],
    ...[1, 2, 3, 4, 5, 6, 7].map(bits),
    ["a reserved bit on a ping", frame({ opcode: OPCODE.ping, rsv: 4 })],
    ["a reserved bit on a continuation", bytes(begin(), finish({ rsv: 4 }))],
    ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map(reserved),
    ["an HTTP request", Buffer.from("GET / HTTP/1.1\r\nHost: fracas\r\n\r\n")],
    ["a TLS hello", Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03])],
    ["all zeros", Buffer.alloc(64)],
    ["all ones", Buffer.alloc(64, 0xff)],
  ])("[EDGE-FRAME-1] %s closes with 1002, and nothing after it is read", closesWith(1002));

  test("[DEPLOY-53] an unmasked close frame, as Caddy 2.6.2 sends on a reload, closes with 1002 and keeps the seat", async () => {
    await closesWith(1002)("", frame({ opcode: OPCODE.close, masked: false }), "kept");
  });

  test.each<Case>([
    ["a final continuation without a message", finish({ payload: [Protocol.PING] })],
    ["a continuation without a message", continued({ payload: [Protocol.PING] })],
    ["a new message inside a message", bytes(begin(), PING)],
    ["a new fragmented message inside a message", bytes(begin(), begin())],
    ["a text inside a message", bytes(begin(), text(0x61))],
    ["a reserved opcode inside a message", bytes(begin(), frame({ opcode: 3 }))],
  ])("[EDGE-FRAME-2] %s closes with 1002", closesWith(1002));

  test.each<Case>([
    ["a fragmented ping", begin({ opcode: OPCODE.ping })],
    ["a fragmented pong", begin({ opcode: OPCODE.pong })],
    ["a fragmented close", begin({ opcode: OPCODE.close })],
    ["a ping of 126 bytes", ping(sevens(126))],
    ["a pong of 126 bytes", pong(sevens(126))],
    ["a close of 126 bytes", closeFrame(1000, sevens(124))],
    ["a ping of 70,000 bytes", ping(sevens(70_000))],
    ["a short ping with a 16-bit length", frame({ opcode: OPCODE.ping, lengthBits: 16 })],
    ["a short close with a 64-bit length", frame({ opcode: OPCODE.close, lengthBits: 64 })],
    ["a close of one byte", close(3)],
  ])("[EDGE-FRAME-3] %s closes with 1002", closesWith(1002));

  test.each([0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535])(
    "[EDGE-FRAME-4] a close with the forbidden code %i closes with 1002",
    (code) => closesWith(1002)("", closeFrame(code)),
  );

  test("[EDGE-FRAME-5] complete messages before an error are answered, messages after it are not", async () => {
    const sent = bytes(PING, ping([1]), begin(), finish(), finish());
    await closesWith(1002, PING_ANSWER, pongOf(1), PING_ANSWER)("", sent);
  });
});

describe.concurrent("text that is not UTF-8", () => {
  test.each<Case>([
    ["a byte that UTF-8 never contains", text(0x61, 0xff)],
    ["a lone continuation byte", text(0x80)],
    ["an overlong slash", text(0xc0, 0xaf)],
    ["a lone surrogate", text(0xed, 0xa0, 0x80)],
    ["a code point beyond U+10FFFF", text(0xf4, 0x90, 0x80, 0x80)],
    ["a truncated character", text(0xe2, 0x82)],
    [
      "a character across two fragments whose end is wrong",
      bytes(begin({ opcode: OPCODE.text, payload: [0xe2, 0x82] }), finish({ payload: [0x28] })),
    ],
    [
      "a bad first fragment",
      bytes(begin({ opcode: OPCODE.text, payload: [0xff] }), finish({ payload: [0x61] })),
    ],
    ["an invalid close reason", closeFrame(1000, [0x62, 0x79, 0x65, 0xff])],
    ["a truncated character in a close reason", closeFrame(4000, [0xe2, 0x82])],
  ])("[EDGE-FRAME-6] %s closes with 1007", closesWith(1007));

  test("[EDGE-FRAME-7] bad UTF-8 in a fragmented message closes with 1007 once the message is complete", async () => {
    const raw = await join();
    raw.send(begin({ opcode: OPCODE.text, payload: [0xff] }), ping([1]));
    await raw.until("the pong", ({ opcode }) => opcode === OPCODE.pong);
    raw.send(finish());
    expect(await raw.closed()).toEqual({ code: 1007, isClean: true });
    await expectOnlyGone(raw);
  });
});

describe.concurrent("too large or too many", () => {
  const claims = (length: number | bigint, lengthBits?: 64) =>
    frame({ length, ...(lengthBits && { lengthBits }) });

  test.each<Case>([
    ["a message of 4,097 bytes", frame({ payload: Buffer.alloc(4097) })],
    ["a message of 8 KB", frame({ payload: Buffer.alloc(8192) })],
    ["a message of 8 MB", frame({ payload: Buffer.alloc(8 * 1024 ** 2) })],
    ["a text of 8 KB", frame({ opcode: OPCODE.text, payload: Buffer.alloc(8192) })],
    [
      "8 KB in fragments of 1 KB",
      bytes(
        begin({ payload: kilobyte }),
        ...times(6, continued({ payload: kilobyte })),
        finish({ payload: kilobyte }),
      ),
    ],
    ["a claim of 4,097 bytes, none of which follow", claims(4097)],
    ["a claim of 4,097 bytes, in 64 bits", claims(4097, 64)],
    ["a claim of 4 GB", claims(2n ** 32n)],
    ["a claim of 2^53 - 1 bytes", claims(2n ** 53n - 1n)],
    ["a claim of 2^53 bytes", claims(2n ** 53n)],
    // The RFC forbids this bit, but names no code; to ws it is just a large number.
    ["a length with its top bit set", claims(2n ** 63n + 1n)],
    ["the largest possible claim", claims(2n ** 64n - 1n)],
  ])("[EDGE-FRAME-8] %s closes with 1009", closesWith(1009));

  test("[EDGE-FRAME-9] a message of 17 fragments closes with 1008, even if all but one are empty", async () => {
    await closesWith(1008)("", bytes(begin(), ...times(16, continued())));
  });

  test("[EDGE-FRAME-10] 200 pings in one packet get sixty pongs, then the connection ends without a close frame", async () => {
    const raw = await join();
    // ws queues at most sixty pongs, and reads a packet without a pause in which it could write them.
    raw.send(...times(200, ping()));
    expect((await raw.closed()).code).toBeUndefined();
    expect(answersTo(raw)).toEqual(times(60, pongOf()));
    await expectOnlyGone(raw, "kept");
  });
});

describe.concurrent("a connection that ends early", () => {
  const UNFINISHED: Case[] = [
    ["between two frames", bytes()],
    ["after the first byte of a frame", PING.subarray(0, 1)],
    ["before the length", frame({ payload: Buffer.alloc(200) }).subarray(0, 3)],
    ["in the middle of the mask", PING.subarray(0, 4)],
    ["before the payload", PING.subarray(0, 6)],
    ["in the middle of a payload", frame({ payload: Buffer.alloc(4096) }).subarray(0, 2000)],
    ["in the middle of a ping", ping(sevens(125)).subarray(0, 100)],
    ["in the middle of a close", closeFrame(1000).subarray(0, 7)],
    ["in the middle of a message", begin()],
  ];

  test.each(UNFINISHED)(
    "[EDGE-FRAME-11] a FIN %s is answered by a FIN, without a close frame",
    async (_what, sent) => {
      const raw = await join();
      raw.send(sent);
      raw.end();
      expect(await raw.closed()).toEqual({ code: undefined, isClean: true });
      expect(answersTo(raw)).toEqual([]);
      await expectOnlyGone(raw, "kept");
    },
  );

  test.each(UNFINISHED)("[EDGE-FRAME-12] a reset %s harms no other player", async (_what, sent) => {
    const raw = await join();
    // One packet: the answer to PING shows that the server has read all of it. A reset would discard unread bytes.
    raw.send(PING, sent);
    await raw.until("the answer", ({ payload }) => payload[0] === Protocol.PING);
    raw.reset();
    await expectOnlyGone(raw, "kept");
  });

  test("[EDGE-FRAME-13] a client that breaks the protocol and sends a FIN still receives the close code", async () => {
    const raw = await join();
    raw.send(frame({ opcode: 3 }));
    raw.end();
    expect(await raw.closed()).toEqual({ code: 1002, isClean: true });
    await expectOnlyGone(raw);
  });
});

describe.concurrent("before the join is acknowledged", () => {
  const isJoinRoom = ({ payload }: Received) => payload[0] === Protocol.JOIN_ROOM;
  const BROKEN: [what: string, sent: Buffer, code: number][] = [
    ["an unmasked message", frame({ payload: [Protocol.JOIN_ROOM], masked: false }), 1002],
    ["a text that is not UTF-8", text(0xff), 1007],
    ["a message of 8 KB", frame({ payload: Buffer.alloc(8192) }), 1009],
  ];

  test.each(BROKEN)("[EDGE-FRAME-14] %s closes with the same code as after it", async (_what, sent, code) => {
    const raw = await openRawSocket(server, "Raw");
    await raw.until("JOIN_ROOM", isJoinRoom);
    expect(seated(raw)?.state).toBe(ClientState.JOINING);
    raw.send(sent);
    expect(await raw.closed()).toEqual({ code, isClean: true });
    await expectOnlyGone(raw);
  });

  test.each(BROKEN)(
    "[EDGE-FRAME-15] %s in the packet of the handshake closes with the same code",
    async (_what, sent, code) => {
      const raw = await openRawSocket(server, "Raw", sent);
      expect(await raw.closed()).toEqual({ code, isClean: true });
      await expectOnlyGone(raw);
    },
  );
});

describe.concurrent("legal but unusual framing", () => {
  /** Appends a close frame with a code of its own: if the server had closed before, another code would come back. */
  const expectAnswers = async (
    sent: Buffer,
    answers: Received[],
    send: "whole" | "byte by byte" = "whole",
  ) => {
    const raw = await join();
    const all = bytes(sent, closeFrame(OWN_CLOSE));
    if (send === "whole") raw.send(all);
    else await raw.sendByteByByte(all);
    expect(await raw.closed()).toEqual({ code: OWN_CLOSE, isClean: true });
    expect(answersTo(raw)).toEqual(answers);
    await expectOnlyGone(raw);
  };

  test.each<[what: string, sent: Buffer, ...answers: Received[]]>([
    ["a ping of 125 bytes", ping(sevens(125)), pongOf(...sevens(125))],
    ["an empty ping", ping(), pongOf()],
    ["sixty pings in a packet", bytes(...times(60, ping([1]))), ...times(60, pongOf(1))],
    ["a hundred PING messages in a packet", bytes(...times(100, PING)), ...times(100, PING_ANSWER)],
    ["an unsolicited pong", bytes(pong(), pong(sevens(125)), PING), PING_ANSWER],
    ["a message with an empty last fragment", bytes(begin(), finish()), PING_ANSWER],
    [
      "a message with an empty first fragment",
      bytes(begin({ payload: [] }), finish({ payload: [Protocol.PING] })),
      PING_ANSWER,
    ],
    ["a message of 16 fragments", bytes(begin(), ...times(14, continued()), finish()), PING_ANSWER],
    ["a ping inside a message", bytes(begin(), ping([1]), finish()), pongOf(1), PING_ANSWER],
    // The RFC requires the shortest form; ws accepts the long ones, except on control frames.
    [
      "a 16-bit length where 7 bits suffice",
      frame({ payload: [Protocol.PING], lengthBits: 16 }),
      PING_ANSWER,
    ],
    [
      "a 64-bit length where 7 bits suffice",
      frame({ payload: [Protocol.PING], lengthBits: 64 }),
      PING_ANSWER,
    ],
  ])("[EDGE-FRAME-16] %s is answered", (_what, sent, ...answers) => expectAnswers(sent, answers));

  test("[EDGE-FRAME-17] frames that arrive one byte per packet are answered like whole ones", async () => {
    const sent = bytes(
      PING,
      ping([1, 2]),
      begin(),
      ping(),
      finish(),
      frame({ payload: [Protocol.PING], lengthBits: 64 }),
    );
    const answers = [PING_ANSWER, pongOf(1, 2), pongOf(), PING_ANSWER, PING_ANSWER];
    await expectAnswers(sent, answers, "byte by byte");
  });

  test("[EDGE-FRAME-18] 600 pings are all answered if the client sends fifty at a time and waits for the pongs", async () => {
    const raw = await join();
    for (let asked = 50; asked <= 600; asked += 50) {
      raw.send(...times(50, ping()));
      await until("fifty pongs", () => answersTo(raw).length === asked);
    }
    raw.send(closeFrame(OWN_CLOSE));
    expect(await raw.closed()).toEqual({ code: OWN_CLOSE, isClean: true });
    await expectOnlyGone(raw);
  });
});

describe.concurrent("legal framing that the game's clients never send", () => {
  test.each<Case>([
    ["an empty message", frame({})],
    ["an empty message in two fragments", bytes(begin({ payload: [] }), finish())],
    ["a message of 4,096 bytes", frame({ payload: Buffer.alloc(4096) })],
    [
      "4,096 bytes in fragments",
      bytes(begin({ payload: kilobyte }), ...times(3, continued({ payload: kilobyte })), finish()),
    ],
    ["a text", text(Protocol.PING)],
    ["an empty text", text()],
    [
      "a text in two fragments",
      bytes(begin({ opcode: OPCODE.text, payload: [0xe2, 0x82] }), finish({ payload: [0xac] })),
    ],
  ])("[EDGE-FRAME-19] %s closes with 4300, and nothing after it is read", async (_what, sent) => {
    const raw = await join();
    raw.send(sent, PING, ping(), closeFrame(OWN_CLOSE));
    expect((await raw.closed()).code).toBe(CLOSE.badFrame);
    expect(answersTo(raw)).toEqual([]);
    await expectOnlyGone(raw);
  });

  test.each<Case>([
    ["pings", ping()],
    ["pongs", pong()],
  ])("[EDGE-FRAME-22] a flood of %s closes with 4301", async (_what, sent) => {
    const raw = await join();
    let isClosed = false;
    void raw.closed().then(() => {
      isClosed = true;
    });
    // Fifty at a time, each after the server has read the fifty before.
    for (let packets = 1; !isClosed && packets < 100; packets++) {
      raw.send(...times(50, sent), PING);
      const answered = () => answersTo(raw).filter(({ opcode }) => opcode === OPCODE.binary).length;
      await until("the server has read them", () => isClosed || answered() === packets);
    }
    expect((await raw.closed()).code).toBe(CLOSE.tooFast);
    await expectOnlyGone(raw);
  });
});

describe.concurrent("closing", () => {
  test.each([1000, 1001, 1003, 1007, 1011, 1014, 3000, OWN_CLOSE, 4999])(
    "[EDGE-FRAME-20] a close with code %i is echoed, and nothing after it is read",
    (code) => closesWith(code)("", closeFrame(code), code === OWN_CLOSE ? undefined : "kept"),
  );

  test.each<[what: string, code: number, sent: Buffer]>([
    ["without a code", 1005, close()],
    ["with a reason of 123 bytes", 1000, closeFrame(1000, sevens(123))],
    ["in the middle of a message", 1001, bytes(begin(), closeFrame(1001))],
    ["followed by another", 1000, bytes(closeFrame(1000), closeFrame(1001))],
    ["followed by a broken frame", 1000, bytes(closeFrame(1000), frame({ opcode: 3, masked: false }))],
  ])("[EDGE-FRAME-21] a close %s is answered with %i", (what, code, sent) =>
    closesWith(code)(what, sent, "kept"),
  );
});
