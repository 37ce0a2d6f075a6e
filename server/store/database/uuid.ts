/** UUIDs are stored as their 16 bytes: as text they take 20 more, in the row and again in its index. */

/** Expects a UUID with hyphens. */
export const uuidBytes = (text: string): Uint8Array => Buffer.from(text.replaceAll("-", ""), "hex");

/** The reverse, in lower case. */
export function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
