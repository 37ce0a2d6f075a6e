/** Compares secrets in a time that tells nothing about how much of a guess was right. */
import { createHash, timingSafeEqual } from "node:crypto";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** An unset secret equals nothing. */
export function isSecret(given: string | undefined, secret: string | undefined): boolean {
  if (given === undefined || !secret) return false;
  return timingSafeEqual(digest(given), digest(secret));
}
