/** The line of a rating over the days of a season, as an SVG path. */

export interface CurveBox {
  width: number;
  height: number;
}

export interface Curve {
  path: string;
  /** The last point, which is marked. */
  end: { x: number; y: number };
  low: number;
  high: number;
}

/** The axis spans this many points at least, so that a flat season looks flat. */
const SPREAD_MIN = 40;

/**
 * `points`: [day in ms, rating], the oldest first. Days are spaced by their time; a rating holds until the next day
 * that changed it. Undefined without a point.
 */
export function curveOf(points: readonly (readonly [number, number])[], box: CurveBox): Curve | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return undefined;
  const ratings = points.map(([, rating]) => rating);
  const [low, high] = [Math.min(...ratings), Math.max(...ratings)];
  const spread = Math.max(high - low, SPREAD_MIN);
  const floor = (low + high - spread) / 2;
  const days = Math.max(1, last[0] - first[0]);
  const place = ([day, rating]: readonly [number, number]) => ({
    x: round(points.length === 1 ? box.width : ((day - first[0]) / days) * box.width),
    y: round(box.height - ((rating - floor) / spread) * box.height),
  });
  const places = points.map(place);
  const path = places.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("");
  return { path, end: place(last), low, high };
}

const round = (value: number): number => Math.round(value * 10) / 10;
