/** What is wrong with a map, and where: for the text of an error, and for the mark on its picture. */

/** The part of the map that a fault is about; empty: the file as a whole. */
export interface FaultPlace {
  readonly layer?: string;
  readonly tile?: { readonly column: number; readonly row: number };
  /** Tiled's number and name of the object, and where it is, px. */
  readonly object?: { readonly id: number; readonly name: string; readonly x: number; readonly y: number };
  readonly property?: string;
}

/** Each has a sentence in every language of the page, which `values` complete. */
export const FAULT_CODES = ["notATiledMap"] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

export interface Fault {
  readonly code: FaultCode;
  readonly place: FaultPlace;
  readonly values: Readonly<Record<string, string | number>>;
}
