/** Tests that the atlas has a frame for everything that players can wear or show. */
import { expect, test } from "vitest";
import { LOOKS } from "#shared/career/looks.ts";
import { EMOTE_NAMES, PING_NAMES } from "#shared/schema/names.ts";
import { emoteFrame, listFrames, patternFrame, pingFrame, wornEmblemFrame } from "./atlasFrames.ts";
import { HULLS } from "./hullShapes.ts";

const frames = new Map(listFrames(1).map((frame) => [frame.name, frame]));

test("[WEAR-1] each pattern has a mask for each hull, in a frame as large as the hull's", () => {
  for (const [shape] of HULLS.entries()) {
    for (const name of LOOKS.pattern) {
      if (name === "plain") continue;
      const { width, height } = frames.get(patternFrame(shape, name)) ?? {};
      expect([name, width, height]).toEqual([
        name,
        frames.get("hull-0-0")?.width,
        frames.get("hull-0-0")?.height,
      ]);
    }
  }
});

test("[WEAR-2] each emblem, emote and ping has a frame, and no frame is named twice", () => {
  for (const name of LOOKS.emblem) if (name !== "plain") expect(frames.has(wornEmblemFrame(name))).toBe(true);
  for (const name of EMOTE_NAMES) expect(frames.has(emoteFrame(name))).toBe(true);
  for (const name of PING_NAMES) expect(frames.has(pingFrame(name))).toBe(true);
  expect(frames.size).toBe(listFrames(1).length);
});
