/** Draws, reads and hashes the codes that take an account to another device. */
import { createHmac, randomInt } from "node:crypto";
import { isFoul } from "#server/services/wordFilter.ts";

/** 32 characters, without those that look like others (0 and O, 1 and I): eight of them are 40 bits. */
const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LENGTH = 8;
const CODE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/** From an unpredictable generator. */
export function drawTransferCode(): string {
  for (;;) {
    const code = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
    if (!isFoul(code)) return code;
  }
}

/** The code in text that a player typed, in any case, with spaces or hyphens; undefined if it cannot be one. */
export function readTransferCode(typed: string): string | undefined {
  const code = typed.replace(/[\s-]/g, "").toUpperCase();
  return CODE.test(code) ? code : undefined;
}

/** Hashes a code for the store: without the key, a stolen database does not reveal the 40 bits. */
export const hashTransferCode = (code: string, key: string | Uint8Array): string =>
  createHmac("sha256", key).update(`transfer ${code}`).digest("base64url");
