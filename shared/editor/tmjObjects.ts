/** Reads and writes the objects of a draft in the layers of a Tiled file. */
import { type Fields, isFields } from "#shared/arena/tiledMap.ts";
import {
  type DraftContent,
  OBJECT_ID_MAX,
  OBJECT_LAYERS,
  type ObjectFields,
  type ObjectLayer,
} from "./draft.ts";
import { PX_MAX, TEXT_MAX_CHARS } from "./edit.ts";

/** An object of the file, and its number in the draft. */
export interface Numbered {
  readonly id: number;
  readonly layer: ObjectLayer;
  readonly raw: Fields;
}

/** The objects of these layers. A number that is not positive, too large or taken is replaced by the lowest free one. */
export function numberObjects(layers: ReadonlyMap<string, Fields>): Numbered[] {
  const found = OBJECT_LAYERS.flatMap((layer) =>
    rawObjects(layers.get(layer)).map((raw) => ({ layer, raw, id: 0 })),
  );
  const taken = new Set<number>();
  for (const object of found) {
    const { id } = object.raw;
    if (!isObjectId(id) || taken.has(id)) continue;
    taken.add(id);
    object.id = id;
  }
  let free = 1;
  for (const object of found) {
    while (object.id === 0 && taken.has(free)) free++;
    if (object.id === 0) object.id = free++;
  }
  return found;
}

const rawObjects = (layer: Fields | undefined): Fields[] =>
  Array.isArray(layer?.objects) ? layer.objects.filter(isFields) : [];

const isObjectId = (id: unknown): id is number =>
  Number.isInteger(id) && (id as number) > 0 && (id as number) < OBJECT_ID_MAX;

/** The object as the editor has it: within the bounds of an edit. */
export const fieldsOfRaw = ({ layer, raw }: Numbered): ObjectFields => ({
  layer,
  type: textOf(raw.type || raw.class),
  name: textOf(raw.name),
  ...{ x: pxOf(raw.x), y: pxOf(raw.y), width: pxOf(raw.width), height: pxOf(raw.height) },
});

/** Well formed: half an emoji would not survive the wire. */
export const textOf = (value: unknown): string =>
  typeof value === "string" ? value.slice(0, TEXT_MAX_CHARS).toWellFormed() : "";

const pxOf = (value: unknown): number =>
  typeof value === "number" ? Math.max(-PX_MAX, Math.min(value, PX_MAX)) : 0;

/** The draft's objects of a layer as Tiled has them: those of the file in their order, then new ones. */
export function writeObjects(draft: DraftContent, layer: ObjectLayer, origin: readonly Numbered[]): Fields[] {
  const old = origin.filter((object) => object.layer === layer);
  const kept = old.flatMap((object) => {
    const fields = draft.objects.get(String(object.id));
    return fields?.layer === layer ? [mergeObject(object, fields)] : [];
  });
  const ids = new Set(old.map(({ id }) => String(id)));
  const added: Fields[] = [];
  for (const [id, fields] of draft.objects.entries())
    if (fields.layer === layer && !ids.has(id)) added.push(newObject(Number(id), fields));
  return [...kept, ...added];
}

/** The file's object with what has changed; itself if nothing has. */
function mergeObject(object: Numbered, fields: ObjectFields): Fields {
  const before = fieldsOfRaw(object);
  const { type, name, x, y, width, height } = fields;
  const changed = Object.entries({ name, x, y, width, height }).filter(
    ([field, value]) => before[field as keyof ObjectFields] !== value,
  );
  const { raw, id } = object;
  if (changed.length === 0 && before.type === type && raw.id === id) return raw;
  const types = before.type === type ? {} : { type, ...("class" in raw && { class: type }) };
  return { ...raw, ...Object.fromEntries(changed), ...types, id };
}

/** Hills are rectangles; all else is points. */
const newObject = (id: number, { layer, type, name, x, y, width, height }: ObjectFields): Fields => ({
  ...{ id, name, type, x, y, rotation: 0, visible: true },
  ...(layer === "hills" ? { width, height } : { width: 0, height: 0, point: true }),
});

/** The layer with these objects; itself if it has them. */
export function withObjects(layer: Fields, objects: readonly Fields[]): Fields {
  const before = rawObjects(layer);
  const isSame =
    before.length === objects.length && before.every((object, index) => object === objects[index]);
  return isSame ? layer : { ...layer, objects };
}

/** A layer as Tiled writes a new one. */
export const newObjectLayer = (name: ObjectLayer, id: number): Fields => ({
  ...{ draworder: "topdown", id, name, objects: [], opacity: 1, type: "objectgroup" },
  ...{ visible: true, x: 0, y: 0 },
});

/** Tiled's counter, if the draft has objects that the file does not number. */
export function nextObjectId(draft: DraftContent, map: Fields, origin: readonly Numbered[]): Fields {
  const old = new Set(origin.filter(({ raw, id }) => raw.id === id).map(({ id }) => id));
  const ids = [...draft.objects.entries()].map(([id]) => Number(id));
  if (ids.every((id) => old.has(id))) return {};
  return { nextobjectid: Math.max(Number(map.nextobjectid) || 1, ...ids.map((id) => id + 1)) };
}
