/**
 * The floor's protocol in a fight: the field's head (floorWire.ts), then what changed. Little-endian; a drone is named by
 * its seat in the room.
 *
 *     command  (up)    the field's five bytes, then [reach u8]
 *     patch    (down)  [PATCH] [tick u16] [ack u16] [own vx i16] [own vy i16]
 *                      [own u8]       0, or 1 and the eight bytes of OWN_FIELDS, if one of them has changed
 *                      [drones u8]    in view, 7 bytes each:         [seat u8] [x u16] [y u16] [aim u8] [status u8]
 *                      and, the same bytes for the whole room, what happened since the last patch:
 *                      [vitals u8]    changed, 5 bytes each:         [seat u8] [hp u8] [shield u8] [score i16]
 *                      [shots u8]     that began, 10 bytes each:     [seat u8] [x u16] [y u16] [aim u16] [weapon u8] [reach u8] [born u8]
 *                      [hits u8]      7 bytes each:                  [victim u8] [shooter u8] [damage u8] [x u16] [y u16]
 *                      [kills u8]     3 bytes each:                  [victim u8] [killer u8] [weapon u8]
 *                      [beams u8]     9 bytes each:                  [shooter u8] [x u16] [y u16] [to x u16] [to y u16]
 *                      [pickups u8]   that came or went, 2 bytes:    [place u8] [kind u8], TAKEN if it went
 *
 * `born` is the low byte of the tick. Where a shot flies, where a shell bursts and where a pickup lies follows from the
 * map, which the client has.
 */
import type { Command } from "#shared/schema/input.ts";
import { WEAPONS, type WeaponName } from "#shared/tuning.ts";
import {
  AIM8_PER_RAD,
  AIM16_PER_RAD,
  COMMAND_BYTES,
  HEAD_BYTES,
  packCommand,
  readCommand,
  readHead,
  STEPS_PER_PX,
} from "./floorWire.ts";

export const FIGHT_COMMAND_BYTES = COMMAND_BYTES + 1;
export const TAKEN = 255;
export const WEAPON_NAMES = Object.keys(WEAPONS) as WeaponName[];

/** What a drone's own player needs to predict. */
export const OWN_FIELDS = [
  "cooldownTicks",
  "special",
  "ammo",
  "specialCooldownTicks",
  "dashTicks",
  "dashCooldownTicks",
  "hasteTicks",
  "overchargeTicks",
] as const;

export const ENTRY_BYTES = { drone: 7, vitals: 5, shot: 10, hit: 7, kill: 3, beam: 9, pickup: 2 } as const;

export function packFightCommand(command: Command): Buffer {
  const bytes = Buffer.allocUnsafe(FIGHT_COMMAND_BYTES);
  packCommand(command).copy(bytes);
  bytes[COMMAND_BYTES] = command.reach ?? 0;
  return bytes;
}

export const readFightCommand = (bytes: Buffer): Command => ({
  ...readCommand(bytes),
  reach: bytes[COMMAND_BYTES] ?? 0,
});

/** A decoded patch. Seats, not ids, name the drones. */
export function readFightPatch(bytes: Buffer) {
  let at = HEAD_BYTES;
  const skip = (count: number) => {
    at += count;
    return at - count;
  };
  const u8 = () => bytes.readUInt8(skip(1));
  const u16 = () => bytes.readUInt16LE(skip(2));
  const place = () => ({ x: u16() / STEPS_PER_PX, y: u16() / STEPS_PER_PX });
  const list = <Entry>(read: () => Entry): Entry[] => Array.from({ length: u8() }, read);
  const patch = {
    ...readHead(bytes),
    own: u8() === 1 ? Object.fromEntries(OWN_FIELDS.map((name) => [name, u8()])) : undefined,
    drones: list(() => ({ seat: u8(), ...place(), aim: u8() / AIM8_PER_RAD, status: u8() })),
    vitals: list(() => ({ seat: u8(), hp: u8(), shield: u8(), score: bytes.readInt16LE(skip(2)) })),
    shots: list(() => ({
      owner: u8(),
      ...place(),
      aim: u16() / AIM16_PER_RAD,
      weapon: u8(),
      reach: u8(),
      born: u8(),
    })),
    hits: list(() => ({ victim: u8(), shooter: u8(), damage: u8(), ...place() })),
    kills: list(() => ({ victim: u8(), killer: u8(), weapon: WEAPON_NAMES[u8()] })),
    beams: list(() => ({ shooter: u8(), from: place(), to: place() })),
    pickups: list(() => ({ place: u8(), kind: u8() })),
  };
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes are left over`);
  return patch;
}
