/** Fewer and fewer parts, as long as it still happens (delta debugging, after Zeller and Hildebrandt). */

/** `fails` is asked about each try, one after the other; it is taken for granted that all parts together do. */
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
