/** Files that are anything: each is refused with a reason, or gives what a whole segment of it says. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import {
  type HostileKind,
  type HostileOutcome,
  hostileFile,
  readHostile,
} from "#shared/testing/hostileReplays.ts";

/** `npm run fuzz -- --replays 100000` reads as many as that. */
const FILES = 1_200;

const golden = readFileSync(new URL(`golden/protocol-${PROTOCOL_VERSION}.replay`, import.meta.url));

test("[SHELF-20] truncated, bit-flipped and foreign files are refused with a reason, and never with another error", async () => {
  const outcomes = new Map<string, number>();
  for (let number = 0; number < FILES; number++) {
    const { kind, bytes } = hostileFile(golden, number);
    const { is, reads, longestRead } = await readHostile(bytes);
    outcomes.set(`${kind} ${is}`, (outcomes.get(`${kind} ${is}`) ?? 0) + 1);
    // No file of this size has more parts, and no claim alone makes a reader ask for more.
    expect(reads, `${kind} ${number}`).toBeLessThan(20);
    expect(longestRead, `${kind} ${number}`).toBeLessThanOrEqual(4 * 1024 * 1024);
  }
  const times = (kind: HostileKind, is: HostileOutcome["is"]) => outcomes.get(`${kind} ${is}`) ?? 0;
  // A truncated file has its finished segments; of the others nearly none says what it was not written to say.
  expect(times("truncated", "read")).toBeGreaterThan(FILES / 6 / 2);
  for (const kind of ["flipped", "overwritten", "spliced"] as const)
    expect(times(kind, "damaged"), kind).toBeGreaterThan(FILES / 6 / 2);
  expect(times("foreign", "foreign") + times("foreign", "damaged")).toBe(FILES / 6);
  expect(times("lying", "damaged")).toBeGreaterThan(FILES / 6 / 4);
});
