/** Faults of a map with their places: errors put them into words, and the page marks them on a picture. */

/** The part of the map that a fault is about; empty: the map or its file as a whole. */
export interface FaultPlace {
  readonly layer?: string;
  readonly tile?: { readonly column: number; readonly row: number };
  /** Tiled's number and name of the object, and where it is, px. */
  readonly object?: { readonly id: number; readonly name: string; readonly x: number; readonly y: number };
  readonly property?: string;
}

interface Limit {
  readonly count: number;
  readonly max: number;
}

type None = Readonly<Record<never, never>>;

/** Each code with the values that complete its sentence, of which every language of the page has one. */
export interface FaultValues {
  // The file.
  readonly notJson: None;
  readonly tooManyBytes: Limit;
  readonly tooDeep: { readonly max: number };
  readonly tooManyLayers: Limit;
  readonly tooManyObjects: Limit;
  readonly tooManyProperties: Limit;
  readonly tooManyTilesets: Limit;
  readonly notATiledMap: None;
  /** A field of Tiled's format is missing, or has a value that Tiled does not write. */
  readonly badField: { readonly field: string };
  // The map.
  readonly infinite: None;
  readonly notOrthogonal: { readonly orientation: string };
  readonly notSquare: { readonly width: number; readonly height: number };
  readonly smallTiles: { readonly px: number; readonly least: number };
  readonly tooWide: { readonly px: number; readonly max: number };
  readonly tooHigh: { readonly px: number; readonly max: number };
  /** More than a draft can have. */
  readonly tooManyTiles: { readonly columns: number; readonly rows: number; readonly max: number };
  // Layers and tiles.
  readonly missingLayer: None;
  readonly wrongLayerType: { readonly type: string; readonly needed: "tilelayer" | "objectgroup" };
  readonly compressedTiles: None;
  readonly layerSize: {
    readonly columns: number;
    readonly rows: number;
    readonly mapColumns: number;
    readonly mapRows: number;
  };
  readonly layerTiles: { readonly count: number; readonly needed: number };
  readonly unknownTile: { readonly gid: number };
  readonly openBorder: None;
  readonly bushInWall: None;
  // Objects.
  /** It lies, or reaches, out of the map. */
  readonly outside: None;
  readonly tooFewSpawns: { readonly count: number; readonly least: number };
  readonly tooFewTeamSpawns: { readonly team: string; readonly count: number; readonly least: number };
  /** A drone there would touch the wall at this tile. */
  readonly inWall: { readonly column: number; readonly row: number };
  readonly wrongType: { readonly type: string; readonly allowed: string };
  readonly notAPoint: None;
  readonly flagCount: { readonly team: string; readonly count: number };
  readonly hillShape: None;
  readonly hillRotated: { readonly degrees: number };
  readonly hillSize: { readonly width: number; readonly height: number; readonly least: number };
  readonly hillWalled: None;
  /** No way leads there from this spawn point. */
  readonly unreachable: { readonly fromId: number; readonly fromName: string };
  // Properties.
  readonly notText: { readonly type: string };
  readonly unknownMode: { readonly mode: string; readonly known: string };
  /** The mode needs objects of this layer. */
  readonly unplayableMode: { readonly mode: string; readonly layer: string };
  readonly badPlayers: { readonly text: string };
  readonly unknownValue: { readonly value: string; readonly known: string };
  /** The server's word filter refuses the title. */
  readonly refusedTitle: None;
}
export type FaultCode = keyof FaultValues;

export type Fault = {
  readonly [Code in FaultCode]: {
    readonly code: Code;
    readonly place: FaultPlace;
    readonly values: FaultValues[Code];
  };
}[FaultCode];

/** A text for every code. */
export type FaultTexts = { readonly [Code in FaultCode]: (values: FaultValues[Code]) => string };

/** The text of a fault, out of a table. */
export const textFrom = <Code extends FaultCode>(
  texts: FaultTexts,
  { code, values }: { readonly code: Code; readonly values: FaultValues[Code] },
): string => texts[code](values);

/** Takes note of a fault. Readers go on after it with what they can read. */
export type Report = <Code extends FaultCode>(
  code: Code,
  place: FaultPlace,
  values: FaultValues[Code],
) => void;

/** More of one kind help nobody: a map without a border has hundreds. */
const OF_A_KIND_MAX = 20;
const FAULTS_MAX = 100;

/** The list that `report` fills, in the order in which faults are found; no longer than a picture of them can show. */
export function collectFaults(): { readonly faults: readonly Fault[]; readonly report: Report } {
  const faults: Fault[] = [];
  const counts = new Map<FaultCode, number>();
  const report: Report = (code, place, values) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    if (count <= OF_A_KIND_MAX && faults.length < FAULTS_MAX) faults.push({ code, place, values } as Fault);
  };
  return { faults, report };
}
