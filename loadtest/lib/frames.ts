/** The head of a Colyseus frame, as far as the SDK does not export it (ProtocolModifier in @colyseus/shared-types). */

/** The low five bits of the first byte are the frame's code; the bits above are modifiers. */
const CODE_MASK = 0x1f;
/** Modifier: the server's clock (u32) and the last command that it has run (u32) follow the first byte. */
export const TIMED = 0x80;
const ACK_AT = 5;

export const codeOf = (frame: Uint8Array): number => (frame[0] ?? 0) & CODE_MASK;

export const isTimed = (frame: Uint8Array): boolean => ((frame[0] ?? 0) & TIMED) !== 0;

/** The sequence number of the last command that the server had run. Only a TIMED frame has one. */
export const ackOf = (frame: Uint8Array): number =>
  new DataView(frame.buffer, frame.byteOffset).getUint32(ACK_AT, true);
