/** Lists what players can wear: looks only, which no rule reads. A look goes over the wire as one number. */

/** Index 0 of each list is plain, which everybody has. Their order goes over the wire: new ones come at the end. */
export const LOOKS = {
  /** Drawn on the hull, in the team's or the player's own hue. */
  pattern: ["plain", "stripe", "chevron", "split", "checks", "bands", "flame", "circuit", "scales", "star"],
  /** Drawn behind a moving drone. */
  trail: ["plain", "sparks", "ribbon", "bubbles", "embers", "pixels", "comet"],
  /** Drawn where the drone explodes. */
  death: ["plain", "confetti", "implosion", "fireworks", "shards", "ghost"],
  /** Shown beside the name. */
  emblem: ["plain", "anvil", "leaf", "wave", "bolt", "crown", "eye", "gear", "moon", "rose", "skull", "sun"],
  /** A text under the name, on the scoreboard and in results. */
  title: [
    "plain",
    "rookie",
    "regular",
    "veteran",
    "duellist",
    "sharpshooter",
    "bombardier",
    "runner",
    "guardian",
    "kingmaker",
    "unstoppable",
    "legend",
  ],
} as const;

export type LookPart = keyof typeof LOOKS;
export const LOOK_PARTS = Object.keys(LOOKS) as LookPart[];
export type Look = { readonly [Part in LookPart]: (typeof LOOKS)[Part][number] };

export const PLAIN: Look = {
  pattern: "plain",
  trail: "plain",
  death: "plain",
  emblem: "plain",
  title: "plain",
};

/** Bits of each part in the packed number: up to 64 of a kind, 30 bits in all. */
const BITS = 6;
/** The largest packed number. */
export const LOOK_MAX = 2 ** (BITS * 5) - 1;

/** `unpackLook` is the inverse. */
export const packLook = (look: Look): number =>
  LOOK_PARTS.reduce(
    (packed, part, place) =>
      packed + ((LOOKS[part] as readonly string[]).indexOf(look[part]) << (place * BITS)),
    0,
  );

/** A part that this version does not know becomes the plain one. */
export const unpackLook = (packed: number): Look =>
  Object.fromEntries(
    LOOK_PARTS.map((part, place) => {
      const names: readonly string[] = LOOKS[part];
      return [part, names[(packed >>> (place * BITS)) & ((1 << BITS) - 1)] ?? names[0]];
    }),
  ) as unknown as Look;
