/** The line of a rating over the days of a season, for the profile's page and its share image. */

interface CurveBox {
  width: number;
  height: number;
}

interface Place {
  x: number;
  y: number;
}

export interface Curve {
  /** Places in the box, whose upper left corner is 0, 0; the oldest first, the last one is marked. */
  places: readonly Place[];
  end: Place;
  low: number;
  high: number;
}

/** The axis spans this many points at least, so that a flat season looks flat. */
const SPREAD_MIN = 40;

/**
 * `points`: [day in ms, rating], the oldest first. Days are spaced by their time. A single day is a point at the right end.
 * Undefined without a point.
 */
export function curveOf(points: readonly (readonly [number, number])[], box: CurveBox): Curve | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return undefined;
  const ratings = points.map(([, rating]) => rating);
  const [low, high] = [Math.min(...ratings), Math.max(...ratings)];
  const spread = Math.max(high - low, SPREAD_MIN);
  const floor = (low + high - spread) / 2;
  const days = last[0] - first[0];
  const place = ([day, rating]: readonly [number, number]) => ({
    x: round(days > 0 ? ((day - first[0]) / days) * box.width : box.width),
    y: round(box.height - ((rating - floor) / spread) * box.height),
  });
  return { places: points.map(place), end: place(last), low, high };
}

const round = (value: number): number => Math.round(value * 10) / 10;
