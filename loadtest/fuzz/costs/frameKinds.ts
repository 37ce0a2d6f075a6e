/** The kinds of frames that are measured: each is a row of the table below, with what its promise says about it. */
import { Protocol } from "@colyseus/sdk";
import { encodeFragments, encodeFrame, OPCODE } from "#loadtest/fuzz/plan/framing.ts";
import { packed } from "#loadtest/fuzz/plan/msgpackValues.ts";
import { GROWING } from "#loadtest/fuzz/plan/texts.ts";
import { join, wireNumber, wireString } from "#loadtest/fuzz/plan/wireNumbers.ts";
import { TIMED } from "#loadtest/lib/frames.ts";
import { CHAT_RATE } from "#shared/protocol/chat.ts";
import { CLIENT_MESSAGES } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { seededRandom } from "#shared/sim/random.ts";
import type { Kind } from "./meter.ts";
import type { Seat, World } from "./world.ts";

/** The kind that all others are compared with. */
export const UNIT = "command";
/** All kinds together stay below what a connection may send at once (FRAME_RATE in server/edge/frameGuard.ts). */
const FRAMES = 100;
/** Enough to be cut off for; few enough to fit into the buffers of a connection that is not read any more. */
const FLOOD_FRAMES = 3000;
const JUNK_SEATS = 3;

const masks = seededRandom(2);
const framed = (payload: Uint8Array, opcode: number = OPCODE.binary) =>
  encodeFrame(masks, payload, { opcode });

const move = [0x80, 100, 0x81, 20, 0x83, 1];
const command = join([Protocol.ROOM_INPUT_RELIABLE], move);
export const COMMAND_FRAME = framed(command);
const request = (name: string, ...payload: Parameters<typeof packed>) =>
  framed(join([Protocol.ROOM_REQUEST], wireNumber(7), wireString(name), packed(...payload)));
const chat = (text: string) => request(MESSAGE.chat, { scope: "all", text });

export const GROWING_CHAT_FRAME = chat(GROWING.repeat(1330));
const PLAIN = chat("all your base are belong to us ".repeat(6));

/** What a client may send of a message at once, with one left for the time that a round takes. */
const burstOf = (name: string) => (CLIENT_MESSAGES[name]?.burst ?? 0) - 1;
/** Lines that the room refuses because it took CHAT_RATE's, and that the frame guard still passes. */
const CHAT_REFUSED = burstOf(MESSAGE.chat) - CHAT_RATE.burst;

export function frameKinds(world: World): Kind[] {
  /** `count` times from each seat. */
  const each = (frame: Uint8Array, count: number) => async () => {
    const seats = await world.seated();
    return () => sendFrom(world, seats, frame, count);
  };
  const flood = (frame: Uint8Array) => () => sendFlood(world, frame);
  /** A message that the room answers or refuses while the connection goes on. */
  const message = (name: string, promise: string, frame: Uint8Array, kind: string): Kind => ({
    name: kind,
    promise,
    accepted: each(frame, burstOf(name)),
    refused: flood(frame),
  });
  const stamped = framed(join([Protocol.ROOM_INPUT_RELIABLE | TIMED], wireNumber(90), move));
  const everyFrame = (name: string, promise: string, frame: Uint8Array): Kind => ({
    name,
    promise,
    accepted: each(frame, FRAMES),
    refused: flood(frame),
  });
  return [
    everyFrame(UNIT, "METER", COMMAND_FRAME),
    everyFrame("command for a shot", "METER", stamped),
    everyFrame("command in fragments", "EDGE-FRAME", encodeFragments(masks, command, OPCODE.binary)),
    everyFrame("PING", "SOCKET-20", framed(Uint8Array.of(Protocol.PING))),
    everyFrame("WebSocket ping", "SOCKET-21", framed(new Uint8Array(125), OPCODE.ping)),
    everyFrame("WebSocket pong", "SOCKET-20", framed(new Uint8Array(4), OPCODE.pong)),
    message(MESSAGE.vote, "GUARD", request(MESSAGE.vote, { choice: 1 }), "vote"),
    message(MESSAGE.follow, "WATCH", request(MESSAGE.follow, { seat: "nobody" }), "follow"),
    message(MESSAGE.place, "GUARD", request(MESSAGE.place, { to: "players" }), "place"),
    message(MESSAGE.host, "ACT", request(MESSAGE.host, { do: "pause" }), "host action by no host"),
    hostAction(world),
    chatKind(world, "chat", PLAIN),
    chatKind(world, "chat that grows", GROWING_CHAT_FRAME),
    chatKind(world, "chat of one phrase", request(MESSAGE.chat, { scope: "all", phrase: "hello" })),
    message(MESSAGE.follow, "GUARD", request(MESSAGE.follow, { seat: 7 }), "message that zod refuses"),
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
  const seat = await world.enter("anywhere");
  return async () => {
    seat.link.write(Buffer.concat(Array(FLOOD_FRAMES).fill(frame)));
    await world.gone(seat.link);
    return `closed ${seat.link.ending?.code}`;
  };
}

/** The room refuses lines above CHAT_RATE, by an answer. */
const chatKind = (world: World, name: string, line: Uint8Array): Kind => ({
  name,
  promise: "CHAT",
  async accepted() {
    const seats = await world.seated();
    return () => sendFrom(world, seats, line, CHAT_RATE.burst);
  },
  async refused() {
    const { link } = await world.enter("anywhere");
    await world.write(link, Array(CHAT_RATE.burst).fill(PLAIN));
    return async () => {
      await world.write(link, Array(CHAT_REFUSED).fill(line));
      const how = link.ending ? `closed ${link.ending.code}` : "open";
      link.cut();
      return how;
    };
  },
});

/** A host changes the settings of a room of their own, again and again. */
const hostAction = (world: World): Kind => ({
  name: "host action by the host",
  promise: "ACT",
  async accepted() {
    return async () => {
      const change = { title: GROWING.repeat(400) };
      const frame = request(MESSAGE.host, { do: "settings", change });
      await world.write(world.host.link, Array(10).fill(frame));
      return world.host.link.ending ? `closed ${world.host.link.ending.code}` : "open";
    };
  },
});

/** Ends its connection at once, so it costs a join as well: both count, in bytes and in CPU. */
const junk = (world: World, name: string, bytes: Uint8Array): Kind => ({
  name: `join and ${name}`,
  promise: "EDGE-FRAME",
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
