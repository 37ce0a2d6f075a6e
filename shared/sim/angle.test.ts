import fc from "fast-check";
import { expect, test } from "vitest";
import { cos, sin } from "./angle.ts";

test("[ANGLE-1] sine and cosine agree with the engine's to 1e-12 over many turns", () => {
  fc.assert(
    fc.property(fc.double({ min: -100, max: 100, noNaN: true }), (radians) => {
      expect(cos(radians)).toBeCloseTo(Math.cos(radians), 11);
      expect(sin(radians)).toBeCloseTo(Math.sin(radians), 11);
    }),
  );
});
