type Numbers = Float64Array | Int32Array | Uint8Array;

/** Copies the numbers into a longer array of the same kind, and returns it. */
export function grown<Kind extends Numbers>(from: Kind, to: Kind): Kind {
  to.set(from);
  return to;
}
