/** Seeded random numbers, the same on every machine (sfc32 by Chris Doty-Humphrey, from PractRand). */

export interface Random {
  /** In [0, 1). */
  next(): number;
}

/** The place in a stream: its four 32-bit words. */
export type RandomPlace = readonly [number, number, number, number];

export interface SeededRandom extends Random {
  readonly place: RandomPlace;
  /** Goes on from the place of another stream. */
  goTo(place: RandomPlace): void;
}

/** A new stream for this 32-bit seed. */
export function seededRandom(seed: number): SeededRandom {
  let a = seed | 0;
  let b = (seed ^ 0x9e3779b9) | 0;
  let c = 0x243f6a88;
  let counter = 1;

  const nextUint32 = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };

  // The first outputs still correlate with the seed.
  for (let i = 0; i < 12; i++) nextUint32();
  return {
    next: () => nextUint32() / 0x1_0000_0000,
    get place() {
      return [a, b, c, counter] as const;
    },
    goTo(place) {
      [a, b, c, counter] = place;
    },
  };
}

/** An integer in [0, count). */
export const pickIndex = (random: Random, count: number) => Math.floor(random.next() * count);
