/**
 * The secret that signs players' identities, where an operator sets none: drawn on the first start, and kept in a file
 * that its owner alone may read, so that players are who they were after a restart.
 */
import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FILE = "jwt-secret";
const SECRET_BYTES = 32;
/** As of JWT_SECRET. */
const SECRET_MIN_CHARS = 32;

export class SecretFileError extends Error {}

/**
 * Makes folder and file when they are not there. Throws SecretFileError when the file holds no secret, and what the
 * system throws (with `code`) when it cannot be read or written.
 */
export function secretIn(folder: string): string {
  const path = join(folder, FILE);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(path)) drawInto(path);
  const secret = readFileSync(path, "utf8").trim();
  if (secret.length >= SECRET_MIN_CHARS) return secret;
  throw new SecretFileError(
    `${path} holds no secret of at least ${SECRET_MIN_CHARS} characters: delete it, and one is drawn.`,
  );
}

/** Whole or not at all: of two servers that start at once one draws, and both read what it drew. */
function drawInto(path: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(SECRET_BYTES).toString("base64url")}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    unlinkSync(draft);
  }
}
