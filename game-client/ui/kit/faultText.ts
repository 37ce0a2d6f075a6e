/** Puts faults of a map into the page's language, and finds where they show on the map. */
import { STRINGS } from "#client/ui/strings/strings.ts";
import { type Fault, type FaultPlace, textFrom } from "#shared/arena/fault.ts";
import { MODE_NAMES, type ModeName } from "#shared/schema/names.ts";
import { called } from "./Sentence.tsx";

/** World px. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Faults that one sentence covers: a hole of ten tiles in the border is one thing to mend. */
export interface FaultGroup {
  /** For `Sentence`: texts from the file are marked. */
  readonly text: string;
  /** The places to mark; empty if the fault has none on the map. */
  readonly spots: readonly Spot[];
}

/** Groups faults that share a sentence, in their order. `tilePx` is the side of the map's tiles. */
export function groupFaults(faults: readonly Fault[], tilePx: number): FaultGroup[] {
  const groups = new Map<string, Fault[]>();
  for (const fault of faults) {
    const key = groupKey(fault);
    groups.set(key, [...(groups.get(key) ?? []), fault]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [Fault];
    const shown = group.length > 1 ? { ...first, place: withoutTile(first) } : first;
    return { text: faultText(shown), spots: group.flatMap((fault) => spotOf(fault, tilePx) ?? []) };
  });
}

/** For each fault the number of its group, from 1. */
export function groupNumbers(faults: readonly Fault[]): number[] {
  const keys = [...new Set(faults.map(groupKey))];
  return faults.map((fault) => keys.indexOf(groupKey(fault)) + 1);
}

const groupKey = (fault: Fault): string => JSON.stringify([fault.code, withoutTile(fault), fault.values]);

function withoutTile({ place }: Fault): FaultPlace {
  const { tile: _, ...rest } = place;
  return rest;
}

/** A place in words, a colon and a sentence. For `Sentence`. */
export function faultText(fault: Fault): string {
  const places = placeWords(fault.place);
  const { comma, where, sentences } = STRINGS.faults;
  const sentence = textFrom(sentences, marked(fault));
  return places.length > 0 ? where(places.join(comma), sentence) : sentence;
}

function placeWords({ layer, object, tile, property }: FaultPlace): string[] {
  const { place } = STRINGS.faults;
  return [
    ...(layer !== undefined ? [place.layer(called(layer))] : []),
    ...(object ? [place.object(object.id, object.name && called(object.name))] : []),
    ...(tile ? [place.tile(tile.column, tile.row)] : []),
    ...(property !== undefined ? [place.property(called(property))] : []),
  ];
}

const BYTES_PER_KB = 1024;

/** The fault with its texts marked, modes by their names on the page, and sizes in KB. */
function marked(fault: Fault): Fault {
  if (fault.code === "wrongLayerType") return fault;
  if (fault.code === "tooManyBytes") {
    const { count, max } = fault.values;
    return { ...fault, values: { count: Math.ceil(count / BYTES_PER_KB), max: max / BYTES_PER_KB } };
  }
  const values = Object.entries(fault.values).map(([name, value]) => [
    name,
    typeof value !== "string" || value === "" ? value : called(isMode(value) ? STRINGS.modes[value] : value),
  ]);
  return { ...fault, values: Object.fromEntries(values) } as Fault;
}

const isMode = (text: string): text is ModeName => MODE_NAMES.some((name) => name === text);

/** Undefined if the fault has no place on the map. */
export function spotOf({ place }: Fault, tilePx: number): Spot | undefined {
  const { tile, object } = place;
  if (tile) return { x: (tile.column + 0.5) * tilePx, y: (tile.row + 0.5) * tilePx };
  return object && { x: object.x, y: object.y };
}
