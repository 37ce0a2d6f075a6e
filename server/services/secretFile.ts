/**
 * Stores the secret that signs identities when JWT_SECRET is unset: drawn on the first start, in a file that only its
 * owner may read, so that identities survive a restart.
 */
import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FILE = "jwt-secret";
const SECRET_BYTES = 32;
/** The same bound as for JWT_SECRET. */
const SECRET_MIN_CHARS = 32;

export class SecretFileError extends Error {}

/**
 * Reads the secret; creates folder and file if they do not exist. Throws SecretFileError if the file holds no secret, and
 * the system's error (with `code`) if it cannot be read or written.
 */
export function secretIn(folder: string): string {
  const path = join(folder, FILE);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(path)) createSecret(path);
  const secret = readFileSync(path, "utf8").trim();
  if (secret.length >= SECRET_MIN_CHARS) return secret;
  throw new SecretFileError(
    `${path} holds no secret of at least ${SECRET_MIN_CHARS} characters: delete it to draw a new one.`,
  );
}

/** Creates the file atomically: of two servers that start together, one writes it and both read the same secret. */
function createSecret(path: string): void {
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, `${randomBytes(SECRET_BYTES).toString("base64url")}\n`, { mode: 0o600 });
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
