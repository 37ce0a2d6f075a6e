/** The layers of a Tiled file that a draft knows, and those that it only carries along. */
import type { Report } from "#shared/arena/fault.ts";
import { type Fields, isFields, shortText } from "#shared/arena/tiledMap.ts";
import { CELL_LAYERS, type CellLayer, type DraftContent, OBJECT_LAYERS, type ObjectLayer } from "./draft.ts";
import { hasCells, newCellLayer, type Resize, resizeLayer, type Size, writeCells } from "./tmjCells.ts";
import { newObjectLayer, numberObjects, withObjects, writeObjects } from "./tmjObjects.ts";

export type LayerName = CellLayer | ObjectLayer;
const LAYER_NAMES: readonly LayerName[] = [...CELL_LAYERS, ...OBJECT_LAYERS];
const isCellLayer = (name: LayerName): name is CellLayer => CELL_LAYERS.some((own) => own === name);

const layersOf = ({ layers }: Fields): readonly unknown[] => (Array.isArray(layers) ? layers : []);

/** The arena's layers by name. Of several with one name, parser and editor know the first. */
export function knownLayers(map: Fields): Map<LayerName, Fields> {
  const layers = layersOf(map).filter(isFields);
  return new Map(
    LAYER_NAMES.flatMap((name): [LayerName, Fields][] => {
      const layer = layers.find((candidate) => candidate.name === name);
      return layer ? [[name, layer]] : [];
    }),
  );
}

/** Layers whose cells the map's size adds to: the draft's own, and those that the file carries along, in groups as well. */
export function countCellLayers(map: Fields): number {
  const own = new Set<unknown>(knownLayers(map).values());
  return layersOf(map).reduce<number>(
    (count, layer) => count + (own.has(layer) ? 0 : tileLayersIn(layer)),
    CELL_LAYERS.length,
  );
}

function tileLayersIn(layer: unknown): number {
  if (!isFields(layer)) return 0;
  if (layer.type !== "group") return layer.type === "tilelayer" ? 1 : 0;
  return layersOf(layer).reduce<number>((count, inner) => count + tileLayersIn(inner), 0);
}

/** Whether a layer with one of the arena's names is of the type that this name needs, and can be read. */
export function fitsDraft(name: LayerName, layer: Fields, report: Report): boolean {
  const [needed, field] = isCellLayer(name)
    ? (["tilelayer", "data"] as const)
    : (["objectgroup", "objects"] as const);
  const place = { layer: name };
  if (layer.type !== needed) report("wrongLayerType", place, { type: shortText(layer.type), needed });
  else if (typeof layer.data === "string") report("compressedTiles", place, {});
  else if (!Array.isArray(layer[field])) report("badField", place, { field });
  else return true;
  return false;
}

interface Target extends Resize {
  /** The number of the tile for the first cell of a layer. */
  readonly newGid: (layer: CellLayer) => number;
}

/** The file's layers with what has changed, and then those that the file lacks and the draft needs. */
export function writeLayers(draft: DraftContent, map: Fields, target: Target): readonly unknown[] {
  const known = knownLayers(map);
  const names = new Map([...known].map(([name, layer]) => [layer as unknown, name]));
  const objects = numberObjects(known);
  const write = (name: LayerName, layer: Fields): Fields =>
    isCellLayer(name)
      ? writeCells(layer, draft[name], target, () => target.newGid(name))
      : withObjects(layer, writeObjects(draft, name, objects));
  const layers = layersOf(map).map((layer) => {
    const name = names.get(layer);
    return name ? write(name, layer as Fields) : resizeLayer(layer, target);
  });
  const firstId = newLayerId(map);
  const missing = LAYER_NAMES.filter((name) => !known.has(name) && hasContent(draft, name, target.size));
  const added = missing.map((name, index) => write(name, newLayer(name, firstId + index, target.size)));
  return [...layers, ...added];
}

const hasContent = (draft: DraftContent, name: LayerName, size: Size): boolean =>
  isCellLayer(name) ? hasCells(draft[name], size) : writeObjects(draft, name, []).length > 0;

const newLayer = (name: LayerName, id: number, size: Size): Fields =>
  isCellLayer(name) ? newCellLayer(name, id, size) : newObjectLayer(name, id);

/** A number that no layer has. */
export function newLayerId(map: Fields): number {
  const ids = layersOf(map).map((layer) => (isFields(layer) ? Number(layer.id) || 0 : 0));
  return Math.max(Number(map.nextlayerid) || 1, ...ids.map((id) => id + 1));
}
