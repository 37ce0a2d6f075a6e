/** No text is missing, cut off or too long on a phone held across. */
import { test } from "vitest";
import { expectFits, SLOWEST_MS } from "./fits.ts";
import { SIZES } from "./screens.ts";
import { setStage } from "./stage.ts";

const stage = setStage();

test(
  "[FIT-2] every text of every screen is there and whole in every language: phone",
  () => expectFits(stage, SIZES.phone),
  SLOWEST_MS,
);
