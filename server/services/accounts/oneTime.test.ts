/** Values that can be taken once; transfer codes; the site that passkeys are for. */
import { expect, test } from "vitest";
import { OneTime } from "./oneTime.ts";
import { siteOf } from "./site.ts";
import { drawTransferCode, hashTransferCode, readTransferCode } from "./transferCodes.ts";

test("[ONETIME-1] a value is taken once, within its time, by its key", () => {
  let now = 0;
  const values = new OneTime<string>(1000, () => now);
  const [first, second] = [values.put("first", "home"), values.put("second", "home")];
  expect(first).toMatch(/^[\w-]{32}$/);
  expect(values.take("guess")).toBeUndefined();
  now = 1000;
  expect([values.take(first), values.take(first)]).toEqual(["first", undefined]);
  now = 1001;
  expect(values.take(second)).toBeUndefined();
});

test("[ONETIME-2] a key that is used again has the newer value, and of 10,001 the oldest is forgotten", () => {
  const values = new OneTime<number>(1000, () => 0);
  values.put(1, "home", "key");
  values.put(2, "home", "key");
  expect(values.take("key")).toBe(2);
  const keys = Array.from({ length: 10_001 }, (_, number) => values.put(number, `home ${number}`));
  expect(keys.map((key) => values.take(key)).filter((value) => value === undefined)).toHaveLength(1);
});

test("[ONETIME-3] a household that has 64 under way loses its own oldest, and nobody else's", () => {
  const values = new OneTime<number>(1000, () => 0);
  const others = values.put(0, "neighbour");
  const keys = Array.from({ length: 10_000 }, (_, number) => values.put(number, "home"));
  expect(values.take(others)).toBe(0);
  const kept = keys.map((key) => values.take(key)).filter((value) => value !== undefined);
  expect(kept).toEqual(Array.from({ length: 64 }, (_, at) => 10_000 - 64 + at));
});

test("[TRANSFER-1] codes have eight unambiguous characters, differ, and are read in any way of writing them", () => {
  const codes = new Set(Array.from({ length: 1000 }, drawTransferCode));
  expect(codes.size).toBe(1000);
  for (const code of codes) {
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
    expect(readTransferCode(`\n${code.slice(0, 4).toLowerCase()} – `.replace("–", "-") + code.slice(4))).toBe(
      code,
    );
  }
  for (const wrong of ["", "ABCDEFG", "ABCDEFGHJ", "ABCDEFG0", "ABCDEFGI", "ＡBCDEFGH", "' OR 1=1"])
    expect(readTransferCode(wrong)).toBeUndefined();
});

test("[TRANSFER-2] the hash of a code needs the server's key", () => {
  expect(hashTransferCode("ABCDEFGH", "one")).not.toBe(hashTransferCode("ABCDEFGH", "other"));
  expect(hashTransferCode("ABCDEFGH", "one")).toBe(hashTransferCode("ABCDEFGH", "one"));
});

test.each([
  ["https://fracas.example", "fracas.example"],
  ["https://fracas.example:8443", "fracas.example"],
  ["http://localhost:2567", "localhost"],
  ["http://fracas.localhost:2567", "fracas.localhost"],
  ["http://fracas.example", undefined],
  ["http://192.168.1.2:2567", undefined],
  ["https://192.168.1.2", undefined],
  ["https://[::1]", undefined],
  ["http://127.0.0.1:2567", undefined],
  ["http://notlocalhost", undefined],
])("[PASSKEY-SITE-1] a page of %s makes passkeys for %s", (origin, rpId) => {
  expect(siteOf(origin)).toEqual(rpId && { rpId, origin });
});
