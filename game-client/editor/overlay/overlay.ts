/** A canvas over the picture, for everything that is not of the map. It is drawn again when something on it has changed. */
import { effect } from "@preact/signals";
import { cellCursor, drawing, hovered } from "#client/editor/commands.ts";
import { shownDraft } from "#client/editor/drawing.ts";
import {
  brushSize,
  clip,
  type EditorPerson,
  faults,
  isGridShown,
  objectType,
  paint,
  people,
  role,
  selected,
  selectedCells,
  symmetry,
  tilePx,
  tool,
} from "#client/editor/editorModel.ts";
import type { EditorCamera } from "#client/editor/picture/editorCamera.ts";
import { brushAt, type Cell } from "#client/editor/tools/cells.ts";
import { cellsIn, cornerOf } from "#client/editor/tools/clip.ts";
import { layerOf } from "#client/editor/tools/desk.ts";
import { objectAt, type Point, snapped } from "#client/editor/tools/objects.ts";
import { PALETTE } from "#client/palette.ts";
import { motion } from "#client/render/reducedMotion.ts";
import { hues } from "#client/settings/hues.ts";
import {
  drawBrush,
  drawCellCursor,
  drawObjectGhost,
  drawPeople,
  drawSelection,
  markObject,
  type ShownPerson,
} from "./handMarks.ts";
import { drawFaults, drawGrid, drawSymmetry } from "./mapMarks.ts";
import type { Pen } from "./pen.ts";

const RATIO_MAX = 2;
/** Cursors glide between the updates that the room sends. */
const GLIDE_MS = 70;

/** The hue of what a paint leaves behind, in the preview. */
const PAINT_HUES: Readonly<Record<string, string>> = { wall: "#c9cfff", bush: "#7dff9a", floor: "#ffb37d" };

export class Overlay {
  readonly #camera: EditorCamera;
  readonly #canvas = document.createElement("canvas");
  readonly #ctx = this.#canvas.getContext("2d");
  readonly #glides = new Map<string, { x: number; y: number }>();
  #isStale = true;
  #seen = "";

  /** `parent` is the element of the picture. Lasts until `until` is aborted. */
  constructor(parent: HTMLElement, camera: EditorCamera, until: AbortSignal) {
    this.#camera = camera;
    Object.assign(this.#canvas.style, { position: "fixed", inset: "0", pointerEvents: "none" });
    this.#canvas.ariaHidden = "true";
    parent.append(this.#canvas);
    const stop = effect(() => {
      readAll();
      this.#isStale = true;
    });
    until.addEventListener("abort", () => {
      stop();
      this.#canvas.remove();
    });
  }

  /** Call once a frame, after the camera has moved. */
  update(deltaMs: number): void {
    const { innerWidth: width, innerHeight: height, devicePixelRatio } = window;
    const ratio = Math.min(RATIO_MAX, devicePixelRatio);
    const { x, y } = this.#camera.toClient({ x: 0, y: 0 });
    const seen = [width, height, ratio, x, y, this.#camera.zoom].join(" ");
    const isGliding = this.#glide(deltaMs);
    if (!this.#isStale && !isGliding && seen === this.#seen) return;
    this.#isStale = false;
    this.#seen = seen;
    const ctx = this.#ctx;
    if (!ctx) return;
    this.#resize(width, height, ratio);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    this.#draw({ ctx, zoom: this.#camera.zoom, toClient: (place) => this.#camera.toClient(place) });
  }

  #resize(width: number, height: number, ratio: number): void {
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.#canvas.width !== wide) this.#canvas.width = wide;
    if (this.#canvas.height !== high) this.#canvas.height = high;
    Object.assign(this.#canvas.style, { width: `${width}px`, height: `${height}px` });
  }

  /** Moves the cursors on; returns whether any moves. */
  #glide(deltaMs: number): boolean {
    const share = motion.reduced ? 1 : 1 - Math.exp(-deltaMs / GLIDE_MS);
    let isMoving = false;
    const there = new Set<string>();
    for (const { id, cursor } of people.peek()) {
      if (!cursor) continue;
      there.add(id);
      const at = this.#glides.get(id) ?? { ...cursor };
      this.#glides.set(id, at);
      if (at.x === cursor.x && at.y === cursor.y) continue;
      isMoving = true;
      at.x += (cursor.x - at.x) * share;
      at.y += (cursor.y - at.y) * share;
      if (Math.hypot(cursor.x - at.x, cursor.y - at.y) < 0.5) Object.assign(at, { x: cursor.x, y: cursor.y });
    }
    for (const id of this.#glides.keys()) if (!there.has(id)) this.#glides.delete(id);
    return isMoving;
  }

  #draw(pen: Pen): void {
    const draft = shownDraft.peek();
    const px = tilePx.peek();
    if (isGridShown.peek()) drawGrid(pen, draft, px);
    if (role.peek() !== "viewer") drawSymmetry(pen, draft, px, symmetry.peek(), PALETTE.accent);
    drawFaults(pen, faults.peek(), draft, px);
    drawSelection(pen, draft, px, { cells: selectedCells.peek(), ids: selected.peek() });
    drawTool(pen);
    drawPeople(
      pen,
      people.peek().map((person) => this.#shown(person)),
      draft,
    );
  }

  #shown(person: EditorPerson): ShownPerson {
    return { person, cursor: person.cursor && this.#glides.get(person.id) };
  }
}

/** Subscribes to everything that is drawn. */
function readAll(): void {
  for (const { value } of [
    ...[shownDraft, tilePx, role, people, faults, tool, paint, objectType, brushSize, symmetry, isGridShown],
    ...[selected, selectedCells, clip, hovered, cellCursor, hues],
  ])
    void value;
}

/** Shows the effect of a press at the pointer, or at the cell cursor. */
function drawTool(pen: Pen): void {
  const px = tilePx.peek();
  const cell = cellCursor.peek();
  const at = cell ? { x: (cell.column + 0.5) * px, y: (cell.row + 0.5) * px } : hovered.peek();
  if (at && role.peek() !== "viewer") (MARKS[tool.peek()] ?? markCell)(pen, at, px);
  else if (at && tool.peek() === "select") markHit(pen, at);
  if (cell) drawCellCursor(pen, cell, px);
}

const brushMark = (pen: Pen, at: Point, px: number, size: number): void => {
  const layer = layerOf(paint.peek());
  if (layer && drawing.isBusy) return;
  if (layer) {
    const place = snapped(at, px);
    const fields = { layer, type: objectType.peek(), name: "", ...place, width: 0, height: 0 };
    drawObjectGhost(pen, fields, shownDraft.peek(), px, symmetry.peek());
    return;
  }
  markCells(pen, brushAt(at.x / px, at.y / px, size), px);
};

function markCells(pen: Pen, cells: readonly Cell[], px: number, hue = PAINT_HUES[paint.peek()]): void {
  drawBrush(pen, cells, shownDraft.peek(), px, symmetry.peek(), hue ?? PALETTE.accent);
}

const markCell = (pen: Pen, at: Point, px: number): void => brushMark(pen, at, px, 1);

function markHit(pen: Pen, at: Point): void {
  const draft = shownDraft.peek();
  const fields = draft.objects.get(objectAt(draft, at) ?? "");
  if (fields && !drawing.isBusy) markObject(pen, fields, "rgba(255,255,255,.7)", 1.5);
}

const MARKS: Readonly<Record<string, (pen: Pen, at: Point, px: number) => void>> = {
  brush: (pen, at, px) => brushMark(pen, at, px, brushSize.peek()),
  line: (pen, at, px) => brushMark(pen, at, px, brushSize.peek()),
  select: markHit,
  pick: markHit,
  pan() {},
  stamp(pen, at, px) {
    const held = clip.peek();
    if (held) markCells(pen, cellsIn({ ...cornerOf(held, at, px), ...held }), px, PALETTE.accent);
  },
};
