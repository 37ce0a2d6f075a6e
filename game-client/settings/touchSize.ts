/** Size of the touch sticks, shared by the interface, which draws them, and the device, which measures them. */
import { computed } from "@preact/signals";
import { settings } from "./settings.ts";

const RADIUS_PX = 52;

/** Radius of a stick from centre to rim; CSS px. */
export const stickRadiusPx = computed(() =>
  Math.round(RADIUS_PX * settings.hudScale.value * settings.stickScale.value),
);
