/**
 * Sine and cosine that are the same to the bit in every engine.
 *
 * ECMAScript leaves the precision of Math.sin to the engine; only + − × ÷ and Math.sqrt are exact. Arguments are
 * folded to ±π/4, where the Taylor series to the 13th power is accurate to 1e−13.
 */

const HALF_PI = Math.PI / 2;

function sinNearZero(x: number): number {
  const x2 = x * x;
  return (
    x *
    (1 - (x2 / 6) * (1 - (x2 / 20) * (1 - (x2 / 42) * (1 - (x2 / 72) * (1 - (x2 / 110) * (1 - x2 / 156))))))
  );
}

function cosNearZero(x: number): number {
  const x2 = x * x;
  return (
    1 - (x2 / 2) * (1 - (x2 / 12) * (1 - (x2 / 30) * (1 - (x2 / 56) * (1 - (x2 / 90) * (1 - x2 / 132)))))
  );
}

/** Cosine of a finite angle in radians. */
export function cos(radians: number): number {
  const quarter = Math.floor(radians / HALF_PI + 0.5);
  const rest = radians - quarter * HALF_PI;
  switch (quarter & 3) {
    case 0:
      return cosNearZero(rest);
    case 1:
      return -sinNearZero(rest);
    case 2:
      return -cosNearZero(rest);
    default:
      return sinNearZero(rest);
  }
}

/** Sine of a finite angle in radians. */
export const sin = (radians: number) => cos(radians - HALF_PI);
