/** Random choices of the generator, from seeded streams: the same seed makes the same bytes. */
import { pickIndex, type Random, seededRandom } from "#shared/sim/random.ts";

export type { Random };

/** One way to make something, and its weight among the other cases of a table. */
export interface Case<Args extends unknown[], Made> {
  readonly weight: number;
  make(random: Random, ...args: Args): Made;
}
export type Cases<Args extends unknown[], Made> = Readonly<Record<string, Case<Args, Made>>>;

/** The random stream of a seed's index-th connection or request: each can be made without those before it. */
export const streamOf = (seed: number, index: number): Random =>
  seededRandom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));

/** An integer, both ends included. */
export const between = (random: Random, min: number, max: number) => min + pickIndex(random, max - min + 1);

export const happens = (random: Random, probability: number) => random.next() < probability;

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[pickIndex(random, items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

export function randomBytes(random: Random, count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  for (let i = 0; i < count; i++) bytes[i] = pickIndex(random, 256);
  return bytes;
}

/** 0…max, evenly over the orders of magnitude: small sizes far more often than large ones. */
export const size = (random: Random, max: number) => Math.floor((max + 2) ** random.next()) - 1;

export const repeat = <Item>(count: number, make: () => Item): Item[] => Array.from({ length: count }, make);

/** Draws a case by its weight; returns its name and what it made. */
export function draw<Args extends unknown[], Made>(
  random: Random,
  cases: Cases<Args, Made>,
  ...args: Args
): { name: string; made: Made } {
  const entries = Object.entries(cases);
  let left = random.next() * entries.reduce((sum, [, { weight }]) => sum + weight, 0);
  for (const [name, { weight, make }] of entries) {
    left -= weight;
    if (left < 0) return { name, made: make(random, ...args) };
  }
  throw new Error("a table without cases");
}

/** Turns a table into one function that makes any of its cases. */
export const oneOf =
  <Args extends unknown[], Made>(cases: Cases<Args, Made>) =>
  (random: Random, ...args: Args): Made =>
    draw(random, cases, ...args).made;
