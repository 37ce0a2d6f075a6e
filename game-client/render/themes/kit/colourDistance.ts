/** Measures colours, "#rrggbb": the contrast of WCAG 2, and distances in Ottosson's OKLab (2020). */

const channelsOf = (hex: string): readonly [number, number, number] => {
  const at = (offset: number) => Number.parseInt(hex.slice(offset, offset + 2), 16) / 255;
  return [at(1), at(3), at(5)];
};

const linear = (channel: number) =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;

function luminance(hex: string): number {
  const [red, green, blue] = channelsOf(hex);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** 1 to 21. */
export function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}

function oklab(hex: string): readonly [number, number, number] {
  const [red, green, blue] = channelsOf(hex);
  const [r, g, b] = [linear(red), linear(green), linear(blue)];
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}

/** OKLab's lightness, 0 to 1. */
export const lightness = (hex: string): number => oklab(hex)[0];

/** The distance in OKLab; black and white are 1 apart. */
export function difference(a: string, b: string): number {
  const [one, other] = [oklab(a), oklab(b)];
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

/** All channels times `factor`. */
export function scaled(hex: string, factor: number): string {
  const parts = channelsOf(hex).map((channel) =>
    Math.min(255, Math.round(channel * factor * 255))
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${parts.join("")}`;
}
