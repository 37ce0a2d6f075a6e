/** Tests the overlay's options. */
import { expect, test } from "vitest";
import { readOverlayLook } from "./overlayLook.ts";

test("[LIVE-12] without options the overlay has all parts, on the left", () => {
  expect(readOverlayLook("")).toEqual({ parts: ["scores", "feed"], size: 1, side: "left" });
});

test("[LIVE-13] the overlay's options choose parts, size and side", () => {
  const look = readOverlayLook("?parts=feed&size=1.5&side=right");
  expect(look).toEqual({ parts: ["feed"], size: 1.5, side: "right" });
});

test.each(["?parts=", "?parts=chat&size=big&side=top", "?size=-2", "?size=0", "?size=Infinity&parts=x"])(
  "[LIVE-14] an overlay's option that makes no sense leaves a whole overlay: %s",
  (query) => {
    const { parts, size, side } = readOverlayLook(query);
    expect([parts, side]).toEqual([["scores", "feed"], "left"]);
    expect(size).toBeGreaterThanOrEqual(0.5);
    expect(size).toBeLessThanOrEqual(4);
  },
);
