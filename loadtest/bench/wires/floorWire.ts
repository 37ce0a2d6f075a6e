/**
 * The floor's protocol, packed by hand. Little-endian; the first byte gives the kind of a frame.
 *
 *     command  (up)    [moveX i8] [moveY i8] [aim u16] [buttons u8]              the first message up is the name
 *     joined   (down)  [JOINED]  [id u16] [name]                                 one for each player
 *     left     (down)  [LEFT]    [id u16]
 *     patch    (down)  [PATCH]   [tick u16] [ack u16] [own vx i16] [own vy i16]  then 7 bytes for each player in view:
 *                                [id u16] [x u16] [y u16] [aim u8]
 *
 * It has what Fracas' client needs to predict and interpolate: tick, ack and own velocity. A patch lists exactly the
 * players in view, so there are no adds and no removals. Positions are in 1/16 px, velocities in 1/32 px/s, as in Fracas.
 */
import type { Command } from "#shared/schema/input.ts";

export const PATCH = 0;
export const JOINED = 1;
export const LEFT = 2;

export const COMMAND_BYTES = 5;
export const HEAD_BYTES = 9;
export const ENTITY_BYTES = 7;

export const STEPS_PER_PX = 16;
export const STEPS_PER_PX_PER_SEC = 32;
export const AIM16_PER_RAD = 65536 / (2 * Math.PI);
export const AIM8_PER_RAD = 256 / (2 * Math.PI);

export function packCommand({ moveX, moveY, aim, buttons }: Command): Buffer {
  const bytes = Buffer.allocUnsafe(COMMAND_BYTES);
  bytes.writeInt8(moveX, 0);
  bytes.writeInt8(moveY, 1);
  bytes.writeUInt16LE(aimWord(aim), 2);
  bytes[4] = buttons;
  return bytes;
}

export const readCommand = (bytes: Buffer): Command => ({
  moveX: bytes.readInt8(0),
  moveY: bytes.readInt8(1),
  aim: bytes.readUInt16LE(2) / AIM16_PER_RAD,
  buttons: bytes[4] ?? 0,
});

/** The first HEAD_BYTES of a patch. */
export function writeHead(
  bytes: Buffer,
  at: number,
  { tick, ack }: { readonly tick: number; readonly ack: number },
  { vx, vy }: { readonly vx: number; readonly vy: number },
): void {
  bytes[at] = PATCH;
  bytes.writeUInt16LE(tick & 0xffff, at + 1);
  bytes.writeUInt16LE(ack & 0xffff, at + 3);
  bytes.writeInt16LE(vx * STEPS_PER_PX_PER_SEC, at + 5);
  bytes.writeInt16LE(vy * STEPS_PER_PX_PER_SEC, at + 7);
}

export const aimWord = (aim: number): number => Math.round(aim * AIM16_PER_RAD) & 0xffff;
export const aimByte = (aim: number): number => Math.round(aim * AIM8_PER_RAD) & 0xff;

export function packJoined(id: number, name: string): Buffer {
  const bytes = Buffer.alloc(3 + Buffer.byteLength(name));
  bytes[0] = JOINED;
  bytes.writeUInt16LE(id, 1);
  bytes.write(name, 3);
  return bytes;
}

export const isJoinedBy = (frame: Buffer, name: string): boolean =>
  frame[0] === JOINED && frame.toString("utf8", 3) === name;

export function packLeft(id: number): Buffer {
  const bytes = Buffer.alloc(3);
  bytes[0] = LEFT;
  bytes.writeUInt16LE(id, 1);
  return bytes;
}

/** A decoded patch. */
export interface ReadPatch {
  tick: number;
  ack: number;
  vx: number;
  vy: number;
  entities: { id: number; x: number; y: number; aim: number }[];
}

export function readPatch(bytes: Buffer): ReadPatch {
  const entities = [];
  for (let at = HEAD_BYTES; at < bytes.length; at += ENTITY_BYTES) {
    entities.push({
      id: bytes.readUInt16LE(at),
      x: bytes.readUInt16LE(at + 2) / STEPS_PER_PX,
      y: bytes.readUInt16LE(at + 4) / STEPS_PER_PX,
      aim: (bytes[at + 6] ?? 0) / AIM8_PER_RAD,
    });
  }
  return { ...readHead(bytes), entities };
}

export const readHead = (bytes: Buffer): Omit<ReadPatch, "entities"> => ({
  tick: bytes.readUInt16LE(1),
  ack: ackOf(bytes),
  vx: bytes.readInt16LE(5) / STEPS_PER_PX_PER_SEC,
  vy: bytes.readInt16LE(7) / STEPS_PER_PX_PER_SEC,
});

export const ackOf = (patch: Buffer): number => patch.readUInt16LE(3);
