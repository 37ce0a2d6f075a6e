/** Which device the player used last: it steers, and hints speak of it. input/deviceWatch.ts writes it. */
import { signal } from "@preact/signals";

export type DeviceKind = "keys" | "pad" | "touch";

/** Before anything was touched: a page without a mouse is a phone's. */
const isPhone = globalThis.matchMedia?.("(hover: none) and (pointer: coarse)").matches ?? false;

export const deviceInUse = signal<DeviceKind>(isPhone ? "touch" : "keys");
