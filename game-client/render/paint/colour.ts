/** Mixing and fading of the palette's hex colours, for painting. */

const channel = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);

/** "#rrggbb" and an opacity 0…1 → a CSS colour. */
export const fade = (hex: string, opacity: number): string =>
  `rgba(${channel(hex, 1)},${channel(hex, 3)},${channel(hex, 5)},${opacity})`;

/** `share` 0…1 of `b` in `a`; both and the result "#rrggbb". */
export function mix(a: string, b: string, share: number): string {
  const at = (offset: number) => {
    const value = Math.round(channel(a, offset) * (1 - share) + channel(b, offset) * share);
    return value.toString(16).padStart(2, "0");
  };
  return `#${at(1)}${at(3)}${at(5)}`;
}
