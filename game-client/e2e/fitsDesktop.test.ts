/** No text is missing, cut off or too long in a desktop's window. */
import { test } from "vitest";
import { expectFits, SLOWEST_MS } from "./fits.ts";
import { SIZES } from "./screens.ts";
import { setStage } from "./stage.ts";

const stage = setStage();

test(
  "[FIT-1] every text of every screen is there and whole in every language: desktop",
  () => expectFits(stage, SIZES.desktop),
  SLOWEST_MS,
);
