/** The kinds of frames that are measured: each is a row of the table below. */
import { Protocol } from "@colyseus/sdk";
import { encodeFragments, encodeFrame, OPCODE } from "#loadtest/fuzz/plan/framing.ts";
import { type Packable, packed } from "#loadtest/fuzz/plan/msgpackValues.ts";
import { GROWING } from "#loadtest/fuzz/plan/texts.ts";
import { join, wireNumber, wireString } from "#loadtest/fuzz/plan/wireNumbers.ts";
import { TIMED } from "#loadtest/lib/frames.ts";
import { CHAT_RATE } from "#shared/protocol/chat.ts";
import { CLIENT_MESSAGES } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { editorKinds } from "./editorKinds.ts";
import type { Kind } from "./meter.ts";
import { JOIN_MAX } from "./requestKinds.ts";
import type { Seat, World } from "./world.ts";

/** The kind that all others are compared with. */
export const UNIT = "command";
/** All kinds together stay below what a connection may send at once (FRAME_RATE in server/edge/frameGuard.ts). */
const FRAMES = 100;
/** ws ends a connection that owes more pongs than it can send. */
const PINGS = 10;
/** Enough to be cut off for; few enough to fit into the buffers of a connection that is not read any more. */
const FLOOD_BYTES = 60_000;
/** More than the limit of any message. */
const FLOOD_FRAMES_MIN = 40;
const JUNK_SEATS = 3;

const masks = seededRandom(2);
const framed = (payload: Uint8Array, opcode: number = OPCODE.binary) =>
  encodeFrame(masks, payload, { opcode });

const move = [0x80, 100, 0x81, 20, 0x83, 1];
const command = join([Protocol.ROOM_INPUT_RELIABLE], move);
export const COMMAND_FRAME = framed(command);
const request = (type: string, payload: Packable) =>
  framed(join([Protocol.ROOM_REQUEST], wireNumber(7), wireString(type), packed(payload)));
const chat = (text: string) => request(MESSAGE.chat, { scope: "all", text });

export const GROWING_CHAT_FRAME = chat(GROWING.repeat(1330));
const PLAIN = chat("all your base are belong to us ".repeat(6));

/** What a client may send of a message at once. */
const burstOf = (type: string) => CLIENT_MESSAGES[type]?.burst ?? 0;
/** Lines that the room refuses because it took CHAT_RATE's, and that the frame guard still passes. */
const CHAT_REFUSED = burstOf(MESSAGE.chat) - CHAT_RATE.burst - 1;

export function frameKinds(world: World): Kind[] {
  /** `count` times from each seat. */
  const each = (frame: Uint8Array, count: number) => async () => {
    const seats = await world.seated();
    return () => sendFrom(world, seats, frame, count);
  };
  const kind = (name: string, promise: string, frame: Uint8Array, count: number): Kind => ({
    name,
    promise,
    accepted: each(frame, count),
    refused: () => sendFlood(world, frame),
  });
  const anyFrame = (name: string, promise: string, frame: Uint8Array) => kind(name, promise, frame, FRAMES);
  /** A message that the room answers. Two kinds of one type stay below its limit. */
  const message = (name: string, promise: string, type: string, payload: Packable) =>
    kind(name, promise, request(type, payload), Math.floor(burstOf(type) / 2));
  const stamped = join([Protocol.ROOM_INPUT_RELIABLE | TIMED], wireNumber(90), move);
  return [
    anyFrame(UNIT, "METER", COMMAND_FRAME),
    anyFrame("command for a shot", "METER", framed(stamped)),
    anyFrame("command in fragments", "EDGE-FRAME", encodeFragments(masks, command, OPCODE.binary)),
    anyFrame("PING", "SOCKET-20", framed(Uint8Array.of(Protocol.PING))),
    kind("WebSocket ping", "SOCKET-21", framed(new Uint8Array(125), OPCODE.ping), PINGS),
    anyFrame("WebSocket pong", "SOCKET-20", framed(new Uint8Array(4), OPCODE.pong)),
    message("vote", "GUARD", MESSAGE.vote, { choice: 1 }),
    message("follow", "WATCH", MESSAGE.follow, { seat: "nobody" }),
    message("place", "GUARD", MESSAGE.place, { to: "players" }),
    message("emote", "GUARD", MESSAGE.emote, { emote: "wave" }),
    message("clip", "GUARD", MESSAGE.clip, {}),
    message("drift", "GUARD", MESSAGE.drift, { px: 90 }),
    message("host action by no host", "ACT", MESSAGE.host, { do: "pause" }),
    message("message that zod refuses", "GUARD", MESSAGE.follow, { seat: 7 }),
    hostAction(world),
    ...[
      { name: "chat", line: PLAIN },
      { name: "chat that grows", line: GROWING_CHAT_FRAME },
      { name: "chat of one phrase", line: request(MESSAGE.chat, { scope: "all", phrase: "hello" }) },
    ].flatMap(({ name, line }) => [
      kind(name, "CHAT", line, CHAT_RATE.burst),
      chatTooFast(world, name, line),
    ]),
    ...editorKinds(world),
    junk(world, "junk", framed(Uint8Array.of(0x14, 0x00, 0xff))),
    junk(world, "junk of 4 KB", framed(new Uint8Array(4000).fill(0xff))),
    junk(world, "text frame", framed(Uint8Array.of(0x61), OPCODE.text)),
    junk(world, "broken framing", Uint8Array.of(0xff, 0xff, 0xff)),
  ];
}

async function sendFrom(world: World, seats: readonly Seat[], frame: Uint8Array, count: number) {
  await Promise.all(seats.map(({ link }) => world.write(link, Array(count).fill(frame))));
  const closed = seats.flatMap(({ link }) => link.ending?.code ?? []);
  return closed.length > 0 ? `closed ${closed[0]}` : "open";
}

/** One seat sends until it is cut off, and then all the rest. */
async function sendFlood(world: World, frame: Uint8Array) {
  const { link } = await world.enter("anywhere");
  const count = Math.max(FLOOD_FRAMES_MIN, Math.ceil(FLOOD_BYTES / frame.length));
  const frames = Array(count).fill(frame);
  return async () => {
    world.writeAtOnce(link, frames);
    await world.gone(link);
    return `closed ${link.ending?.code}`;
  };
}

/** Lines above CHAT_RATE, which the room refuses by an answer. They are below the limit of the connection. */
const chatTooFast = (world: World, name: string, line: Uint8Array): Kind => ({
  name: `${name}, above its rate`,
  promise: "CHAT",
  async accepted() {
    const seat = await world.enter("anywhere");
    await world.write(seat.link, Array(CHAT_RATE.burst).fill(PLAIN));
    return async () => {
      const answer = await sendFrom(world, [seat], line, CHAT_REFUSED);
      seat.link.cut();
      return answer;
    };
  },
});

/** A host changes the settings of a room of their own, again and again. */
const hostAction = (world: World): Kind => ({
  name: "host action by the host",
  promise: "ACT",
  async accepted() {
    const frame = request(MESSAGE.host, { do: "settings", change: { title: GROWING.repeat(400) } });
    return () => sendFrom(world, [world.host], frame, burstOf(MESSAGE.host) / 2);
  },
});

/** Ends its connection at once, so it costs a join as well: both count, in bytes and in CPU. */
const junk = (world: World, name: string, bytes: Uint8Array): Kind => ({
  name: `join and ${name}`,
  promise: "EDGE-FRAME",
  eachMax: JOIN_MAX,
  async accepted() {
    const once = async () => {
      const { link } = await world.enter("anywhere");
      link.write(bytes);
      await world.gone(link);
      return link.ending?.code ?? 0;
    };
    return async () => `closed ${(await Promise.all(Array.from({ length: JUNK_SEATS }, once)))[0]}`;
  },
});
