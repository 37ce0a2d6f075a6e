/** Puts objects. */
import type { ObjectFields, ObjectLayer } from "#shared/editor/draft.ts";
import type { Edit } from "#shared/editor/edit.ts";
import { putIds } from "./clip.ts";
import { type Desk, type Gesture, layerOf, type Modifiers, type Press, type Tool } from "./desk.ts";
import { dragObjects } from "./drags.ts";
import {
  hillBetween,
  objectAt,
  onMap,
  type Point,
  placeOnMap,
  putObject,
  removeObjects,
  snapped,
} from "./objects.ts";

/** Puts an object, which follows the pointer until it is released. A press on one of its kind moves that one. */
export const put: Tool = (desk, press) => {
  const there = objectAt(desk.draft, press, press.reachPx);
  if (press.isErasing) {
    if (there !== undefined) desk.edit(removeObjects(desk, [there]));
    return undefined;
  }
  const layer = layerOf(desk.paint) ?? "spawns";
  if (there !== undefined && desk.draft.objects.get(there)?.layer === layer)
    return dragObjects(desk, press, [there]);
  if (layer === "hills") return putHill(desk, press);
  let edits: Edit[] = [];
  const id = new Map<number, string>();
  const move = (at: Point & Modifiers) => {
    const place = snapped(at, desk.tilePx, at.alt);
    const fields = { layer, type: typeFor(desk, layer), name: "", ...place, width: 0, height: 0 };
    edits = putObject(desk, onMap(desk, fields));
    // The object keeps its number while it is moved.
    edits = edits.map((edit, index) =>
      edit.do === "put" ? { ...edit, id: keep(id, index, edit.id) } : edit,
    );
    desk.preview(edits);
  };
  move(press);
  return {
    move,
    end() {
      desk.edit(edits);
      desk.select({ cells: undefined, ids: putIds(edits).slice(0, 1) });
    },
  };
};

function keep(ids: Map<number, string>, index: number, id: string): string {
  const kept = ids.get(index) ?? id;
  ids.set(index, kept);
  return kept;
}

/** A flag needs a team: the one that has none yet. */
function typeFor({ objectType, draft }: Desk, layer: ObjectLayer): string {
  if (layer === "hills") return "";
  if (layer === "pickups") return objectType || "health";
  if (layer === "spawns" || objectType) return objectType;
  const teams = [...draft.objects.values()].filter((object) => object.layer === "flags");
  return teams.some(({ type }) => type === "a") ? "b" : "a";
}

function putHill(desk: Desk, press: Press): Gesture {
  const from = placeOnMap(desk, snapped(press, desk.tilePx, press.alt));
  let edits: Edit[] = [];
  const draw = (rectangle: ReturnType<typeof hillBetween>) => {
    const ids = putIds(edits);
    const hill: ObjectFields = { layer: "hills", type: "", name: "", ...rectangle };
    edits = putObject(desk, onMap(desk, hill));
    edits = edits.map((edit, at) => (edit.do === "put" ? { ...edit, id: ids[at] ?? edit.id } : edit));
    desk.preview(edits);
  };
  // A press alone gives a hill of a common size.
  const half = 1.5 * desk.tilePx;
  draw({ x: from.x - half, y: from.y - half, width: 2 * half, height: 2 * half });
  return {
    move(at) {
      const to = placeOnMap(desk, snapped(at, desk.tilePx, at.alt));
      if (to.x !== from.x || to.y !== from.y) draw(hillBetween(from, to));
    },
    end() {
      desk.edit(edits);
      desk.select({ cells: undefined, ids: putIds(edits).slice(0, 1) });
    },
  };
}
