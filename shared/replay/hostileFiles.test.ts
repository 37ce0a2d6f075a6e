/** Files that are anything: each is refused with a reason, or gives what a whole segment of it says. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import { type HostileKind, hostileFile, readHostile } from "#shared/testing/hostileReplays.ts";

/** `npm run fuzz -- --replays 100000` reads as many as that. */
const FILES = 3_000;

const golden = readFileSync(new URL(`golden/protocol-${PROTOCOL_VERSION}.replay`, import.meta.url));

test("[SHELF-20] truncated, bit-flipped and foreign files are refused with a reason, and never with another error", async () => {
  const refused = new Map<HostileKind, number>();
  for (let number = 0; number < FILES; number++) {
    const { kind, bytes } = hostileFile(golden, number);
    const { is, reads, longestRead } = await readHostile(bytes);
    if (is !== "read") refused.set(kind, (refused.get(kind) ?? 0) + 1);
    // No file of this size has more parts, and nothing is read that a claim alone asks for.
    expect(reads, `${kind} ${number}`).toBeLessThan(20);
    expect(longestRead, `${kind} ${number}`).toBeLessThanOrEqual(4 * 1024 * 1024);
  }
  // A truncated file has its finished segments; each other kind is refused nearly always.
  for (const kind of ["flipped", "spliced", "overwritten", "foreign", "lying"] as const)
    expect(refused.get(kind), kind).toBeGreaterThan(FILES / 6 / 4);
});
