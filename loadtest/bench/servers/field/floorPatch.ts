/**
 * The floor's patches: each body is packed once, in the order of a grid's cells, and each client's patch copies the
 * seven bytes of every body in its view.
 */
import { PatchBlocks } from "#loadtest/bench/servers/patchBlocks.ts";
import {
  aimByte,
  ENTITY_BYTES,
  HEAD_BYTES,
  STEPS_PER_PX,
  writeHead,
} from "#loadtest/bench/wires/floorWire.ts";
import { CellGrid } from "#server/rooms/sync/cellGrid.ts";
import { VIEW_HEIGHT_PX, VIEW_MARGIN_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import type { Body } from "./field.ts";

/** The same view as in Fracas. */
export const HALF_WIDTH_PX = VIEW_WIDTH_PX / 2 + VIEW_MARGIN_PX;
export const HALF_HEIGHT_PX = VIEW_HEIGHT_PX / 2 + VIEW_MARGIN_PX;
const CELL_PX = 256;

export class FloorPatches {
  readonly #grid: CellGrid;
  /** By index in `bodies`. */
  readonly #places: { readonly numbers: Int32Array; readonly xs: Float64Array; readonly ys: Float64Array };
  /** By position in the grid's order. */
  readonly #xs: Float64Array;
  readonly #ys: Float64Array;
  readonly #packed: Buffer;
  #count = 0;
  #tick = 0;
  readonly #blocks = new PatchBlocks();

  constructor(sidePx: number, capacity: number) {
    this.#grid = new CellGrid(sidePx, sidePx, CELL_PX);
    this.#places = {
      numbers: Int32Array.from({ length: capacity }, (_, at) => at),
      xs: new Float64Array(capacity),
      ys: new Float64Array(capacity),
    };
    this.#xs = new Float64Array(capacity);
    this.#ys = new Float64Array(capacity);
    this.#packed = Buffer.alloc(capacity * ENTITY_BYTES);
  }

  /** Call it once a patch, before `patchFor`. */
  read(bodies: readonly Body[], tick: number): void {
    this.#tick = tick;
    this.#count = bodies.length;
    const { numbers, xs, ys } = this.#places;
    for (const [at, { x, y }] of bodies.entries()) {
      xs[at] = x;
      ys[at] = y;
    }
    this.#grid.fill(numbers, bodies.length, xs, ys);
    for (let at = 0; at < bodies.length; at++) {
      const body = bodies[this.#grid.order[at] ?? 0];
      if (!body) continue;
      this.#xs[at] = body.x;
      this.#ys[at] = body.y;
      const offset = at * ENTITY_BYTES;
      this.#packed.writeUInt16LE(body.player, offset);
      this.#packed.writeUInt16LE(body.x * STEPS_PER_PX, offset + 2);
      this.#packed.writeUInt16LE(body.y * STEPS_PER_PX, offset + 4);
      this.#packed[offset + 6] = aimByte(body.aim);
    }
  }

  /** The whole frame for this body's player. */
  patchFor(eye: Body): Buffer {
    const start = this.#blocks.reserve(HEAD_BYTES + this.#count * ENTITY_BYTES);
    writeHead(this.#blocks.bytes, start, { tick: this.#tick, ack: eye.queue.taken }, eye);
    return this.#blocks.finish(this.#writeView(eye, start + HEAD_BYTES));
  }

  /** Returns the offset after the last entity. */
  #writeView({ x, y }: Body, start: number): number {
    const grid = this.#grid;
    const firstColumn = grid.column(x - HALF_WIDTH_PX);
    const lastColumn = grid.column(x + HALF_WIDTH_PX);
    const lastRow = grid.row(y + HALF_HEIGHT_PX);
    let to = start;
    for (let row = grid.row(y - HALF_HEIGHT_PX); row <= lastRow; row++) {
      const end = grid.end(row, lastColumn);
      for (let at = grid.start(row, firstColumn); at < end; at++) {
        const dx = (this.#xs[at] ?? 0) - x;
        const dy = (this.#ys[at] ?? 0) - y;
        if (dx < HALF_WIDTH_PX && -dx < HALF_WIDTH_PX && dy < HALF_HEIGHT_PX && -dy < HALF_HEIGHT_PX) {
          to = this.#copy(at * ENTITY_BYTES, to);
        }
      }
    }
    return to;
  }

  /** Byte by byte: for seven bytes a native call costs more than it saves. */
  #copy(from: number, to: number): number {
    const packed = this.#packed;
    const block = this.#blocks.bytes;
    for (let byte = 0; byte < ENTITY_BYTES; byte++) block[to + byte] = packed[from + byte] ?? 0;
    return to + ENTITY_BYTES;
  }
}
