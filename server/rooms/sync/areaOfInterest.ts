/**
 * What one client's view holds: what its player could have on screen, with a margin around it, and without whom a bush
 * hides. Brought up to date before each patch by what came and went alone.
 */
import type { StateView } from "@colyseus/schema";
import { VIEW_HEIGHT_PX, VIEW_HYSTERESIS_PX, VIEW_MARGIN_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { isBeyondBush } from "#shared/sim/concealment.ts";
import type { Entity, EntityTable } from "./entityTable.ts";
import { FAR_PATCHES, MOST_OWN_BYTES, MOST_POSE_BYTES, type Patch } from "./poseEncoder.ts";

/** Around an eye, px. */
interface Frame {
  readonly halfWidthPx: number;
  readonly halfHeightPx: number;
}

const frame = (marginPx: number): Frame => ({
  halfWidthPx: VIEW_WIDTH_PX / 2 + marginPx,
  halfHeightPx: VIEW_HEIGHT_PX / 2 + marginPx,
});
const COMES = frame(VIEW_MARGIN_PX);
const GOES = frame(VIEW_MARGIN_PX + VIEW_HYSTERESIS_PX);
/** A hull and a bit beyond the screen's edge: farther out nobody sees it, and it is told of now and then. */
const NEAR = frame(32);

/** Slots: whose eyes are looked through, who is seen whatever the eye sees, and whether the client is told all of it. */
export interface Watching {
  readonly eye: number;
  readonly subject: number;
  readonly isOwn: boolean;
}

export class AreaOfInterest {
  readonly #all: EntityTable;
  readonly #view: StateView;
  /** Slots of all that it holds, but for the player's own drone: that is in it from the beginning. */
  readonly #shown: number[] = [];
  /** Number of the patch that told the pose last of what stands at the same place in `shown`. */
  readonly #toldAt: number[] = [];
  #watching: Watching | undefined;

  constructor(all: EntityTable, view: StateView) {
    this.#all = all;
    this.#view = view;
  }

  /** From now on it holds everything, or nothing. */
  showAll(isShown: boolean): void {
    this.#watching = undefined;
    const mark = this.#all.newMark();
    this.#keep(mark, isShown);
    if (isShown) for (const slot of this.#all.inState) this.#show(slot, mark);
  }

  /** What these eyes see now. */
  watch(watching: Watching): void {
    this.#watching = watching;
    const all = this.#all;
    const { eye, subject, isOwn } = watching;
    const mark = all.newMark();
    if (isOwn) all.marks[subject] = mark;
    this.#keep(mark, false, watching);
    this.#show(subject, mark);
    const x = all.xs[eye] as number;
    const y = all.ys[eye] as number;
    const { grid } = all;
    const firstColumn = grid.column(x - COMES.halfWidthPx);
    const lastColumn = grid.column(x + COMES.halfWidthPx);
    const lastRow = grid.row(y + COMES.halfHeightPx);
    for (let row = grid.row(y - COMES.halfHeightPx); row <= lastRow; row++) {
      const end = grid.end(row, lastColumn);
      for (let at = grid.start(row, firstColumn); at < end; at++) {
        const slot = grid.order[at] as number;
        if (all.marks[slot] !== mark && this.#sees(eye, slot, COMES)) this.#show(slot, mark);
      }
    }
  }

  /** At most so many bytes of motion are written. */
  get mostMotionBytes(): number {
    return MOST_OWN_BYTES + this.#shown.length * MOST_POSE_BYTES;
  }

  /** What has moved of all that it holds; what is on nobody's screen, now and then. */
  writeMotion(to: Patch): void {
    const { patch, motion } = this.#all;
    const watching = this.#watching;
    if (watching?.isOwn) motion.copyOwn(watching.subject, to);
    for (let place = 0; place < this.#shown.length; place++) {
      const slot = this.#shown[place] as number;
      const patches = patch - (this.#toldAt[place] as number);
      // Has just come into view.
      if (patches === 0) continue;
      if (patches < FAR_PATCHES && watching && !this.#isIn(watching.eye, slot, NEAR)) continue;
      motion.copyPose(slot, patches, to);
      this.#toldAt[place] = patch;
    }
  }

  /** Takes back what is not kept. What has left the state needs none: its deletion is told to every view with it. */
  #keep(mark: number, isKept: boolean, watching?: Watching): void {
    const { marks, lastPatch, firstPatch, patch, entities } = this.#all;
    const shown = this.#shown;
    const toldAt = this.#toldAt;
    let kept = 0;
    for (let place = 0; place < shown.length; place++) {
      const slot = shown[place] as number;
      // Gone, or another's slot by now.
      if (lastPatch[slot] !== patch || firstPatch[slot] === patch) continue;
      marks[slot] = mark;
      if (isKept || (watching && (slot === watching.subject || this.#sees(watching.eye, slot, GOES)))) {
        shown[kept] = slot;
        toldAt[kept++] = toldAt[place] as number;
      } else this.#view.remove(entities[slot] as Entity);
    }
    shown.length = kept;
    toldAt.length = kept;
  }

  #show(slot: number, mark: number): void {
    const { marks, entities, firstPatch, patch } = this.#all;
    if (marks[slot] === mark) return;
    marks[slot] = mark;
    this.#view.add(entities[slot] as Entity);
    this.#shown.push(slot);
    // Colyseus tells a newcomer's pose along with it, unless the drone itself is new.
    this.#toldAt.push(firstPatch[slot] === patch ? patch - FAR_PATCHES : patch);
  }

  #sees(eye: number, slot: number, frame: Frame): boolean {
    if (!this.#isIn(eye, slot, frame)) return false;
    const { xs, ys, concealed } = this.#all;
    if (concealed[slot] === 0) return true;
    return !isBeyondBush(
      (xs[slot] as number) - (xs[eye] as number),
      (ys[slot] as number) - (ys[eye] as number),
    );
  }

  #isIn(eye: number, slot: number, { halfWidthPx, halfHeightPx }: Frame): boolean {
    const { xs, ys } = this.#all;
    return (
      Math.abs((xs[slot] as number) - (xs[eye] as number)) < halfWidthPx &&
      Math.abs((ys[slot] as number) - (ys[eye] as number)) < halfHeightPx
    );
  }
}
