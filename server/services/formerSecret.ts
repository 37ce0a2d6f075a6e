/**
 * Limits how long JWT_SECRET_OLD is accepted: a day from the first start with it, in which pages renew their tokens. The date
 * is in a file in DATA_DIR, so that a restart does not begin a new day.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { FormerSecret } from "./identity.ts";

const FILE = "jwt-rotation";
export const FORMER_ACCEPTED_MS = 86_400_000;

const Rotation = z.object({ oldSecretSha256: z.string(), since: z.int() });

/**
 * Undefined once the day is over. Creates the folder if it does not exist; throws the system's error (with `code`) if the
 * file cannot be written.
 */
export function formerSecretIn(folder: string, secret: string, nowMs = Date.now()): FormerSecret | undefined {
  const path = join(folder, FILE);
  const oldSecretSha256 = createHash("sha256").update(secret).digest("hex");
  const known = readRotation(path);
  const isKnown = known?.oldSecretSha256 === oldSecretSha256;
  const since = isKnown ? known.since : nowMs;
  if (!isKnown) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify({ oldSecretSha256, since })}\n`, { mode: 0o600 });
    renameSync(draft, path);
  }
  const untilMs = since + FORMER_ACCEPTED_MS;
  return nowMs <= untilMs ? { secret, untilMs } : undefined;
}

/** Undefined for a file that does not exist, or holds something else. */
function readRotation(path: string): z.infer<typeof Rotation> | undefined {
  try {
    return Rotation.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}
