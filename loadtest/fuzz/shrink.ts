/** Reduces a failing input. Source: Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input" (2002). */

/** Returns a subset of the parts that still fails. All parts together must fail; `fails` runs one call at a time. */
export async function shrink<Part>(
  parts: readonly Part[],
  fails: (some: readonly Part[]) => Promise<boolean>,
): Promise<readonly Part[]> {
  let left = parts;
  for (let chunk = Math.ceil(parts.length / 2); ; chunk = Math.ceil(chunk / 2)) {
    for (let from = 0; from < left.length; ) {
      const rest = [...left.slice(0, from), ...left.slice(from + chunk)];
      if (rest.length > 0 && (await fails(rest))) left = rest;
      else from += chunk;
    }
    if (chunk <= 1) return left;
  }
}
