/** Compares secrets in constant time. */
import { createHash, timingSafeEqual } from "node:crypto";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** An unset or empty secret equals nothing. Hashes both sides, because timingSafeEqual needs equal lengths. */
export function isSecret(given: string | undefined, secret: string | undefined): boolean {
  if (given === undefined || !secret) return false;
  return timingSafeEqual(digest(given), digest(secret));
}
