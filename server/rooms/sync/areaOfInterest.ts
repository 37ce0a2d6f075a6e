/**
 * What one client's view holds: the entities that could be on its screen, with a margin, except drones that a bush
 * hides. Each update applies only the difference to the patch before, and adds the encoded poses to the client's patch.
 */
import { StateView } from "@colyseus/schema";
import { VIEW_HEIGHT_PX, VIEW_HYSTERESIS_PX, VIEW_MARGIN_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { isBeyondBush } from "#shared/sim/concealment.ts";
import type { Entity, EntityTable } from "./entityTable.ts";
import { FAR_PATCHES, MAX_OWN_BYTES, MAX_POSE_BYTES, type PatchBuffer } from "./poseEncoder.ts";

/** A rectangle around the eye, px. */
interface Frame {
  readonly halfWidthPx: number;
  readonly halfHeightPx: number;
}

const frame = (marginPx: number): Frame => ({
  halfWidthPx: VIEW_WIDTH_PX / 2 + marginPx,
  halfHeightPx: VIEW_HEIGHT_PX / 2 + marginPx,
});
/** An entity enters the view inside ENTER and leaves it outside LEAVE; the gap keeps entities at the edge from flickering. */
const ENTER = frame(VIEW_MARGIN_PX);
const LEAVE = frame(VIEW_MARGIN_PX + VIEW_HYSTERESIS_PX);
/** The screen and a hull beyond its edge. Farther out nobody sees a drone, so its pose is sent every FAR_PATCHES only. */
const NEAR = frame(32);

/** Where a view is centred. `eye` and `subject` are slots of the entity table. */
export interface Focus {
  /** The entity in the middle of the screen. */
  readonly eye: number;
  /** The player's drone: in the view wherever the eye is. */
  readonly subject: number;
  /** Whether the client is the subject's own player, which receives all of its fields. */
  readonly isOwn: boolean;
}

export class AreaOfInterest extends StateView {
  readonly #table: EntityTable;
  /** Slots of all entities in the view, except the own drone: that one is in it from the beginning. */
  readonly #slots: number[] = [];
  /** Parallel to #slots: number of the last patch that sent the entity's pose. */
  readonly #sentAt: number[] = [];
  #focus: Focus | undefined;

  constructor(table: EntityTable) {
    super();
    this.#table = table;
  }

  showAll(): void {
    this.#focus = undefined;
    const mark = this.#table.newMark();
    this.#prune(mark, true);
    for (const slot of this.#table.inState) this.#show(slot, mark);
  }

  showNothing(): void {
    this.#focus = undefined;
    this.#prune(this.#table.newMark(), false);
  }

  /** Shows what the focus' eye can see now. */
  showAround(focus: Focus): void {
    this.#focus = focus;
    const table = this.#table;
    const { eye, subject, isOwn } = focus;
    const mark = table.newMark();
    if (isOwn) table.marks[subject] = mark;
    this.#prune(mark, false, focus);
    this.#show(subject, mark);
    const x = table.xs[eye] as number;
    const y = table.ys[eye] as number;
    const { grid } = table;
    const firstColumn = grid.column(x - ENTER.halfWidthPx);
    const lastColumn = grid.column(x + ENTER.halfWidthPx);
    const lastRow = grid.row(y + ENTER.halfHeightPx);
    for (let row = grid.row(y - ENTER.halfHeightPx); row <= lastRow; row++) {
      const end = grid.end(row, lastColumn);
      for (let at = grid.start(row, firstColumn); at < end; at++) {
        const slot = grid.order[at] as number;
        if (table.marks[slot] !== mark && this.#sees(eye, slot, ENTER)) this.#show(slot, mark);
      }
    }
  }

  /** Upper bound of what writePoses writes, bytes. */
  get maxPoseBytes(): number {
    return MAX_OWN_BYTES + this.#slots.length * MAX_POSE_BYTES;
  }

  /** Appends the poses that have changed in the view to the client's patch. Called once a patch, after the update. */
  writePoses(to: PatchBuffer): void {
    const { patch, poses } = this.#table;
    const focus = this.#focus;
    if (focus?.isOwn) poses.copyOwn(focus.subject, to);
    for (let place = 0; place < this.#slots.length; place++) {
      const slot = this.#slots[place] as number;
      const patchesAgo = patch - (this.#sentAt[place] as number);
      // The entity has just come into view, and Colyseus sends its pose in this patch.
      if (patchesAgo === 0) continue;
      if (patchesAgo < FAR_PATCHES && focus && !this.#isInside(focus.eye, slot, NEAR)) continue;
      poses.copyPose(slot, patchesAgo, to);
      this.#sentAt[place] = patch;
    }
  }

  /**
   * Marks the entities that the view held, and removes those that it no longer shows. An entity that left the state
   * needs no removal: its deletion goes to every view that held it.
   */
  #prune(mark: number, isKept: boolean, focus?: Focus): void {
    const { marks, lastPatch, firstPatch, patch, entities } = this.#table;
    const slots = this.#slots;
    const sentAt = this.#sentAt;
    let kept = 0;
    for (let place = 0; place < slots.length; place++) {
      const slot = slots[place] as number;
      // The entity left the state; another one may have its slot by now.
      if (lastPatch[slot] !== patch || firstPatch[slot] === patch) continue;
      marks[slot] = mark;
      if (isKept || (focus && (slot === focus.subject || this.#sees(focus.eye, slot, LEAVE)))) {
        slots[kept] = slot;
        sentAt[kept++] = sentAt[place] as number;
      } else this.remove(entities[slot] as Entity);
    }
    slots.length = kept;
    sentAt.length = kept;
  }

  #show(slot: number, mark: number): void {
    const { marks, entities, firstPatch, patch } = this.#table;
    if (marks[slot] === mark) return;
    marks[slot] = mark;
    this.add(entities[slot] as Entity);
    this.#slots.push(slot);
    // Colyseus sends the pose of an entity that comes into view, but not of one that is new in the state.
    this.#sentAt.push(firstPatch[slot] === patch ? patch - FAR_PATCHES : patch);
  }

  #sees(eye: number, slot: number, frame: Frame): boolean {
    if (!this.#isInside(eye, slot, frame)) return false;
    const { xs, ys, concealed } = this.#table;
    if (concealed[slot] === 0) return true;
    return !isBeyondBush(
      (xs[slot] as number) - (xs[eye] as number),
      (ys[slot] as number) - (ys[eye] as number),
    );
  }

  #isInside(eye: number, slot: number, { halfWidthPx, halfHeightPx }: Frame): boolean {
    const { xs, ys } = this.#table;
    return (
      Math.abs((xs[slot] as number) - (xs[eye] as number)) < halfWidthPx &&
      Math.abs((ys[slot] as number) - (ys[eye] as number)) < halfHeightPx
    );
  }
}
