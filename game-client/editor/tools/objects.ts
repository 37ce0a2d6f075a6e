/** Puts, moves, resizes and removes objects together with their images. */
import type { Symmetry } from "#client/editor/toolNames.ts";
import type { Draft, ObjectFields } from "#shared/editor/draft.ts";
import { OBJECT_ID_MAX, sizeOf } from "#shared/editor/draft.ts";
import type { Edit } from "#shared/editor/edit.ts";
import { movesOf, objectImages, spotOf } from "./symmetry.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The map that objects lie on, and how they are drawn. */
export interface Board {
  readonly draft: Draft;
  readonly tilePx: number;
  readonly symmetry: Symmetry;
}

const HILL_MIN_PX = 64;
/** Reach of a point object, px. */
const OBJECT_PX = 30;

const sizePxOf = ({ draft, tilePx }: Pick<Board, "draft" | "tilePx">) => {
  const { columns, rows } = sizeOf(draft);
  return { width: columns * tilePx, height: rows * tilePx };
};

/** Snaps a place to half tiles; with `isFree` to whole px. */
export function snapped({ x, y }: Point, tilePx: number, isFree = false): Point {
  const step = isFree ? 1 : tilePx / 2;
  return { x: Math.round(x / step) * step, y: Math.round(y / step) * step };
}

/** A number that no object of the draft has. `random`: from 0 to 1. */
export function newObjectId({ objects }: Pick<Draft, "objects">, random = Math.random): string {
  for (;;) {
    const id = String(1 + Math.floor(random() * (OBJECT_ID_MAX - 1)));
    if (!objects.has(id)) return id;
  }
}

/** Puts an object and its images; one that lies on the same spot takes the new type instead. */
export function putObject(board: Board, fields: ObjectFields, newId = newObjectId): Edit[] {
  const { draft, symmetry } = board;
  const there = new Map(Array.from(draft.objects, ([id, object]) => [spotOf(object), id]));
  const all = [fields, ...objectImages(fields, symmetry, sizePxOf(board))];
  const taken = new Map(draft.objects);
  return all.flatMap((object): Edit[] => {
    const old = there.get(spotOf(object));
    if (old !== undefined) {
      const isSame = draft.objects.get(old)?.type === object.type;
      return isSame ? [] : [{ do: "change", id: old, fields: { type: object.type } }];
    }
    const id = newId({ objects: taken });
    taken.set(id, object);
    return [{ do: "put", id, fields: object }];
  });
}

type Changed = Partial<Omit<ObjectFields, "layer">>;

/**
 * Changes objects, and with each the objects that lie at its images, as far as they are not changed themselves. Images that
 * come to lie on one another, as on an axis, become one. A panel that sets a type uses it as well.
 */
export function changeObjects(board: Board, changes: ReadonlyMap<string, Changed>): Edit[] {
  const { draft, symmetry } = board;
  const edits: Edit[] = Array.from(changes, ([id, fields]) => ({ do: "change", id, fields }));
  const done = new Set(changes.keys());
  for (const [id, change] of changes) {
    const before = draft.objects.get(id);
    if (!before) continue;
    const next = { ...before, ...change };
    const taken = new Set([lookOf(next)]);
    for (const [partner, image] of partnersOf(board, id, symmetry, next)) {
      if (done.has(partner)) continue;
      done.add(partner);
      const { x, y, width, height } = image;
      const isTyped = change.type !== undefined && { type: image.type };
      if (taken.has(lookOf(image))) edits.push({ do: "remove", id: partner });
      else edits.push({ do: "change", id: partner, fields: { x, y, width, height, ...isTyped } });
      taken.add(lookOf(image));
    }
  }
  return edits;
}

const lookOf = (fields: ObjectFields): string => `${spotOf(fields)} ${fields.type}`;

/** The objects that lie at this one's images, each with the image of what the object becomes. */
function partnersOf(
  board: Board,
  id: string,
  symmetry: Symmetry,
  next: ObjectFields,
): [string, ObjectFields][] {
  const { objects } = board.draft;
  const before = objects.get(id);
  if (!before) return [];
  const there = new Map(Array.from(objects, ([key, object]) => [lookOf(object), key]));
  return movesOf(before, symmetry, sizePxOf(board)).flatMap((toImage): [string, ObjectFields][] => {
    const image = toImage(before);
    const partner = there.get(lookOf(image));
    return partner === undefined || partner === id ? [] : [[partner, toImage(next)]];
  });
}

export function moveObjects(board: Board, ids: readonly string[], step: Point): Edit[] {
  const changes = ids.flatMap((id): [string, Changed][] => {
    const fields = board.draft.objects.get(id);
    return fields ? [[id, { x: fields.x + step.x, y: fields.y + step.y }]] : [];
  });
  return changeObjects(board, new Map(changes));
}

/** The object with its place on the map. */
export function onMap(board: Board, fields: ObjectFields): ObjectFields {
  const { width, height } = sizePxOf(board);
  return {
    ...fields,
    x: Math.max(0, Math.min(width - fields.width, fields.x)),
    y: Math.max(0, Math.min(height - fields.height, fields.y)),
  };
}

export function placeOnMap(board: Board, { x, y }: Point): Point {
  const { width, height } = sizePxOf(board);
  return { x: Math.max(0, Math.min(width, x)), y: Math.max(0, Math.min(height, y)) };
}

/** The part of a step that leaves objects on the map; those that lie beside it do not go farther away. */
export function stepOnMap(board: Board, ids: readonly string[], { x, y }: Point): Point {
  const { width, height } = sizePxOf(board);
  const objects = ids.flatMap((id) => board.draft.objects.get(id) ?? []);
  const clamped = (step: number, from: number, to: number, side: number) =>
    Math.max(Math.min(0, -from), Math.min(Math.max(0, side - to), step));
  const [left, top] = [objects.map((each) => each.x), objects.map((each) => each.y)];
  const right = objects.map((each) => each.x + each.width);
  const bottom = objects.map((each) => each.y + each.height);
  return {
    x: clamped(x, Math.min(...left), Math.max(...right), width),
    y: clamped(y, Math.min(...top), Math.max(...bottom), height),
  };
}

export function removeObjects(board: Board, ids: readonly string[]): Edit[] {
  const { draft, symmetry } = board;
  const gone = new Set(ids.filter((id) => draft.objects.has(id)));
  for (const id of [...gone]) {
    const fields = draft.objects.get(id);
    for (const [partner] of fields ? partnersOf(board, id, symmetry, fields) : []) gone.add(partner);
  }
  return [...gone].map((id) => ({ do: "remove", id }));
}

export const isHill = ({ layer }: Pick<ObjectFields, "layer">): boolean => layer === "hills";

/** The middle of a hill, the place of anything else. */
export const middleOf = ({ x, y, width, height }: ObjectFields): Point => ({
  ...{ x: x + width / 2, y: y + height / 2 },
});

/** The nearest object that a pointer touches, and a hill only where nothing else is; `reachPx`: of the pointer. */
export function objectAt(draft: Draft, at: Point, reachPx = OBJECT_PX): string | undefined {
  let found: { id: string; px: number } | undefined;
  for (const [id, fields] of draft.objects) {
    const px = isHill(fields) ? edgePx(fields, at) + OBJECT_PX : Math.hypot(fields.x - at.x, fields.y - at.y);
    const reach = isHill(fields) ? OBJECT_PX + reachPx / 2 : Math.max(reachPx, OBJECT_PX);
    if (px <= reach && px < (found?.px ?? Number.POSITIVE_INFINITY)) found = { id, px };
  }
  return found?.id;
}

/** A hill whose inside is at this place; the smallest. */
export function hillAround(draft: Draft, at: Point): string | undefined {
  const around = [...draft.objects].filter(([, fields]) => isHill(fields) && isWithin(fields, at));
  around.sort(([, one], [, other]) => one.width * one.height - other.width * other.height);
  return around[0]?.[0];
}

export const isWithin = ({ x, y, width, height }: ObjectFields, at: Point): boolean =>
  at.x >= x && at.y >= y && at.x <= x + width && at.y <= y + height;

/** Distance from a hill's border. */
function edgePx({ x, y, width, height }: ObjectFields, at: Point): number {
  const outX = Math.max(x - at.x, at.x - x - width);
  const outY = Math.max(y - at.y, at.y - y - height);
  return outX > 0 || outY > 0
    ? Math.hypot(Math.max(0, outX), Math.max(0, outY))
    : Math.min(Math.abs(outX), Math.abs(outY));
}

/** A corner or the middle of a side: −1 left or top, 0 between, 1 right or bottom. */
export interface Handle {
  readonly h: -1 | 0 | 1;
  readonly v: -1 | 0 | 1;
}

const ENDS = [-1, 0, 1] as const;
export const HANDLES: readonly Handle[] = ENDS.flatMap((v) => ENDS.map((h) => ({ h, v }))).filter(
  ({ h, v }) => h !== 0 || v !== 0,
);

export const handlePlace = ({ x, y, width, height }: ObjectFields, { h, v }: Handle): Point => ({
  ...{ x: x + ((h + 1) / 2) * width, y: y + ((v + 1) / 2) * height },
});

export const handleAt = (fields: ObjectFields, at: Point, reachPx: number): Handle | undefined =>
  HANDLES.find((handle) => {
    const place = handlePlace(fields, handle);
    return Math.hypot(place.x - at.x, place.y - at.y) <= reachPx;
  });

/** The hill with a handle drawn to a place; it stays as large as a hill must be. */
export function resized(fields: ObjectFields, { h, v }: Handle, to: Point): ObjectFields {
  const across = side(fields.x, fields.x + fields.width, h, to.x);
  const down = side(fields.y, fields.y + fields.height, v, to.y);
  return {
    ...fields,
    ...{ x: across.from, width: across.to - across.from, y: down.from, height: down.to - down.from },
  };
}

function side(from: number, to: number, end: -1 | 0 | 1, at: number): { from: number; to: number } {
  if (end === 0) return { from, to };
  return end < 0
    ? { from: Math.min(at, to - HILL_MIN_PX), to }
    : { from, to: Math.max(at, from + HILL_MIN_PX) };
}

/** A hill between two places, as large as it must be. */
export function hillBetween(one: Point, other: Point): Pick<ObjectFields, "x" | "y" | "width" | "height"> {
  const x = Math.min(one.x, other.x);
  const y = Math.min(one.y, other.y);
  const width = Math.max(HILL_MIN_PX, Math.abs(one.x - other.x));
  return { x, y, width, height: Math.max(HILL_MIN_PX, Math.abs(one.y - other.y)) };
}
