/** Judges whether a row of readings grows: the slope of a line through them, against its own uncertainty. */

export interface Growth {
  /** Rise of the line from the first reading to the last. */
  readonly grown: number;
  /** Growth up to this is no growth: twice the standard error of `grown`, but at least the floor. */
  readonly noise: number;
  readonly first: number;
  readonly last: number;
}

const LEAST_SHARE = 0.02;

/** Least squares. `floor`: growth that does not count in any case, in the readings' unit. */
export function growthOf(x: readonly number[], y: readonly number[], floor: number): Growth {
  const count = x.length;
  const [first = 0, last = 0] = [y[0], y.at(-1)];
  const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / count;
  const [meanX, meanY] = [mean(x), mean(y)];
  const spreadX = x.reduce((total, value) => total + (value - meanX) ** 2, 0);
  const least = Math.max(floor, LEAST_SHARE * meanY);
  if (count < 3 || spreadX === 0) return { grown: last - first, noise: least, first, last };
  const slope = x.reduce((total, value, at) => total + (value - meanX) * ((y[at] ?? 0) - meanY), 0) / spreadX;
  const offset = meanY - slope * meanX;
  const residual = x.reduce((total, value, at) => total + ((y[at] ?? 0) - offset - slope * value) ** 2, 0);
  const error = Math.sqrt(residual / (count - 2) / spreadX);
  const span = Math.max(...x) - Math.min(...x);
  return { grown: slope * span, noise: Math.max(least, 2 * error * span), first, last };
}

export const grows = ({ grown, noise }: Growth): boolean => grown > noise;
