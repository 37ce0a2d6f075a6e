/** Mixes and fades hex colours. */

const channel = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);

/** "#rrggbb" and an opacity, 0 to 1 → a CSS colour. */
export const fade = (hex: string, opacity: number): string =>
  `rgba(${channel(hex, 1)},${channel(hex, 3)},${channel(hex, 5)},${opacity})`;

/** Mixes `share`, 0 to 1, of `b` into `a`; all colours are "#rrggbb". */
export function mix(a: string, b: string, share: number): string {
  const at = (offset: number) => {
    const value = Math.round(channel(a, offset) * (1 - share) + channel(b, offset) * share);
    return value.toString(16).padStart(2, "0");
  };
  return `#${at(1)}${at(3)}${at(5)}`;
}
