/** The device that the player used last: it steers, and hints name it. Written by input/deviceWatch.ts. */
import { signal } from "@preact/signals";

export type DeviceKind = "keys" | "pad" | "touch";

/** Before the first input, a page without a mouse is taken for a phone. */
const isPhone = globalThis.matchMedia?.("(hover: none) and (pointer: coarse)").matches ?? false;

export const deviceInUse = signal<DeviceKind>(isPhone ? "touch" : "keys");
