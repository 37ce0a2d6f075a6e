import { expect, test } from "vitest";
import { LOOK_PARTS, LOOKS, PLAIN, packLook, unpackLook } from "./looks.ts";

test("[LOOK-1] every part of a look survives the packed number, and plain is 0", () => {
  expect(packLook(PLAIN)).toBe(0);
  for (const part of LOOK_PARTS) {
    for (const name of LOOKS[part]) {
      const look = { ...PLAIN, [part]: name };
      expect(unpackLook(packLook(look))).toEqual(look);
    }
  }
});

test("[LOOK-2] a part that this version does not know is plain", () => {
  expect(unpackLook(63)).toEqual(PLAIN);
});
