/** Gestures that move what is there. */
import type { Edit } from "#shared/editor/edit.ts";
import type { Span } from "./cells.ts";
import { moveSelection, type Selection, selectionStep } from "./clip.ts";
import type { Desk, Gesture, Press } from "./desk.ts";
import {
  changeObjects,
  type Handle,
  moveObjects,
  type Point,
  placeOnMap,
  resized,
  snapped,
  stepOnMap,
} from "./objects.ts";

export function dragObjects(desk: Desk, press: Press, ids: readonly string[]): Gesture {
  desk.select({ cells: undefined, ids });
  const first = desk.draft.objects.get(ids[0] ?? "");
  return drag(desk, press, (delta, isFree) => {
    if (!first) return [];
    const to = snapped({ x: first.x + delta.x, y: first.y + delta.y }, desk.tilePx, isFree);
    return moveObjects(desk, ids, stepOnMap(desk, ids, { x: to.x - first.x, y: to.y - first.y }));
  });
}

/** Shows what a way makes of the draft as it was at the press, and keeps it at the release. */
function drag(desk: Desk, press: Press, editsFor: (delta: Point, isFree: boolean) => Edit[]): Gesture {
  let edits: Edit[] = [];
  return {
    move(at) {
      edits = editsFor({ x: at.x - press.x, y: at.y - press.y }, at.alt);
      desk.preview(edits);
    },
    end: () => desk.edit(edits),
  };
}

export function dragCells(desk: Desk, press: Press, selection: Selection, span: Span): Gesture {
  const { tilePx } = desk;
  let step = { x: 0, y: 0 };
  const gesture = drag(desk, press, ({ x, y }) => {
    const wanted = { x: Math.round(x / tilePx) * tilePx, y: Math.round(y / tilePx) * tilePx };
    step = selectionStep(desk, selection, wanted);
    return step.x === 0 && step.y === 0 ? [] : moveSelection(desk, selection, step);
  });
  return {
    move: gesture.move,
    end() {
      gesture.end();
      const column = span.column + step.x / tilePx;
      desk.select({ ...selection, cells: { ...span, column, row: span.row + step.y / tilePx } });
    },
  };
}

export const dragHandle = (desk: Desk, press: Press, id: string, handle: Handle): Gesture =>
  drag(desk, press, (delta, isFree) => {
    const fields = desk.draft.objects.get(id);
    if (!fields) return [];
    const to = snapped({ x: press.x + delta.x, y: press.y + delta.y }, desk.tilePx, isFree);
    return changeObjects(desk, new Map([[id, resized(fields, handle, placeOnMap(desk, to))]]));
  });
