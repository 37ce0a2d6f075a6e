/** Texts that cost more than their length says: they grow under normalisation, or take long to split into characters. */
import { type Cases, oneOf, pick, type Random, size } from "./chance.ts";

/** ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM: one code unit, 18 characters under NFKC, the most of all. */
export const GROWING = "\uFDFA";

const REPEATED = [
  GROWING,
  // Three and four characters under NFKC.
  "\uFB03",
  "\u3300",
  // Growing under NFC and NFD.
  "\u{1D160}",
  "\u0390",
  // One visible character without end: marks, joined emoji, Hangul of loose parts, flags.
  "a\u0300",
  "\u0300",
  "\u{1F469}\u200D",
  "\u1100\u1161\u11A8",
  "\u{1F1E9}",
  // Invisible, so that a cleaner may look for more of it.
  "\u200B",
  "\u202E",
  "\uD800",
  " ",
] as const;

const repeated = (random: Random, maxBytes: number) => {
  const part = pick(random, REPEATED);
  return part.repeat(Math.max(1, Math.floor(size(random, maxBytes) / Buffer.byteLength(part))));
};

const TEXTS: Cases<[maxBytes: number], string> = {
  one: { weight: 4, make: repeated },
  /** As much as fits. */
  most: { weight: 3, make: (_random, maxBytes) => GROWING.repeat(Math.floor(maxBytes / 3)) },
  between: {
    weight: 2,
    make: (random, maxBytes) => `x${repeated(random, maxBytes / 2)}y${repeated(random, maxBytes / 2)}`,
  },
};

/** A text of at most about `maxBytes` in UTF-8. */
export const dearText = oneOf(TEXTS);
