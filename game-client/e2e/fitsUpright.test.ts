/** No text is missing, cut off or too long on a phone held upright. */
import { test } from "vitest";
import { expectFits, SLOWEST_MS } from "./fits.ts";
import { SIZES } from "./screens.ts";
import { setStage } from "./stage.ts";

const stage = setStage();

test(
  "[FIT-3] every text of every screen is there and whole in every language: upright",
  () => expectFits(stage, SIZES.upright),
  SLOWEST_MS,
);
