/** How big the sticks on a touch screen are: drawn by the interface, measured by the device. */
import { computed } from "@preact/signals";
import { settings } from "./settings.ts";

const RADIUS_PX = 52;

/** From a stick's centre to where it is pushed out; CSS px. */
export const stickRadiusPx = computed(() => Math.round(RADIUS_PX * settings.hudScale.value));
