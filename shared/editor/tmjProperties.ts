/** Reads and writes the properties of a draft in those of a Tiled file. */
import { type Fields, isFields } from "#shared/arena/tiledMap.ts";
import { type DraftContent, PROPERTY_NAMES, type PropertyName } from "./draft.ts";
import { textOf } from "./tmjObjects.ts";

type TextName = Exclude<PropertyName, "columns" | "rows">;
/** The size is Tiled's own, and no property of the file. */
const TEXT_NAMES = PROPERTY_NAMES.filter((name): name is TextName => name !== "columns" && name !== "rows");

const propertiesOf = ({ properties }: Fields): readonly unknown[] =>
  Array.isArray(properties) ? properties : [];

const isNamed = (property: unknown, name: string): property is Fields =>
  isFields(property) && property.name === name;

/** Reads the values as text, whatever their types are in the file. */
export function readProperties(map: Fields): [TextName, string][] {
  return TEXT_NAMES.flatMap((name) => {
    const value = propertiesOf(map).find((property) => isNamed(property, name))?.value;
    return value === undefined || value === null || typeof value === "object"
      ? []
      : [[name, textOf(String(value))]];
  });
}

/** The file's properties with what has changed; undefined if nothing has. */
export function writeProperties(draft: DraftContent, map: Fields): readonly unknown[] | undefined {
  const before = new Map(readProperties(map));
  const changed = TEXT_NAMES.filter((name) => before.get(name) !== draft.properties.get(name));
  if (changed.length === 0) return undefined;
  return changed.reduce(
    (properties, name) => withValue(properties, name, draft.properties.get(name)),
    propertiesOf(map),
  );
}

function withValue(
  properties: readonly unknown[],
  name: string,
  value: string | undefined,
): readonly unknown[] {
  const others = properties.filter((property) => !isNamed(property, name));
  if (value === undefined) return others;
  const old = properties.find((property) => isNamed(property, name));
  const changed = { ...(old as Fields | undefined), name, type: "string", value };
  return old ? properties.map((property) => (property === old ? changed : property)) : [...others, changed];
}
