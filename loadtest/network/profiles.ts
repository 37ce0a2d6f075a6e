/** Typical networks of players, by name. */
import { type Conditions, PERFECT } from "./conditions.ts";

export const PROFILES = {
  /** Loopback without a proxy. */
  none: PERFECT,
  fibre: { ...PERFECT, rttMs: 20, jitterMs: 4 },
  mobile: { ...PERFECT, rttMs: 80, jitterMs: 30, stallShare: 0.005 },
  /** The network of the netcode's claims (probes/lab.ts). */
  badDay: { ...PERFECT, rttMs: 250, jitterMs: 50, stallShare: 0.02 },
} as const satisfies Record<string, Conditions>;

export type ProfileName = keyof typeof PROFILES;
export const PROFILE_NAMES = Object.keys(PROFILES) as ProfileName[];
