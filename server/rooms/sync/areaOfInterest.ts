/**
 * What one client's view holds: the entities that could be on its screen, with a margin, except drones that a bush
 * hides. Each patch tells the client what left the view, what came into it, and what has changed in it.
 */
import {
  encodeReference,
  encodeStructureSwitch,
  fieldIndices,
  refIdOf,
} from "#server/colyseus/schemaInternals.ts";
import {
  FAR_PATCHES,
  VIEW_HEIGHT_PX,
  VIEW_HYSTERESIS_PX,
  VIEW_MARGIN_PX,
  VIEW_WIDTH_PX,
} from "#shared/config.ts";
import { ArenaState, type Drone } from "#shared/schema/state.ts";
import { isBeyondBush } from "#shared/sim/concealment.ts";
import type { Place } from "#shared/sim/sight.ts";
import { ENTITY_MAPS, MAX_ENTRY_BYTES, MAX_SLICE_BYTES, NEWS } from "./entityEncoder.ts";
import type { EntityTable } from "./entityTable.ts";
import type { FrameWriter } from "./frameWriter.ts";

/** Half the size of a rectangle around the view's centre. */
interface HalfSize {
  readonly halfWidthPx: number;
  readonly halfHeightPx: number;
}

/** How far a view reaches. */
interface Reach {
  /** An entity comes into the view inside `enter` and leaves it outside `leave`; the gap keeps it from flickering there. */
  readonly enter: HalfSize;
  readonly leave: HalfSize;
  /** Farther out nobody sees a drone: its pose is sent with every FAR_PATCHES-th patch only. */
  readonly near: HalfSize;
  readonly bushesHide: boolean;
}

const halfSize = (marginPx: number): HalfSize => ({
  halfWidthPx: VIEW_WIDTH_PX / 2 + marginPx,
  halfHeightPx: VIEW_HEIGHT_PX / 2 + marginPx,
});
const AROUND: Reach = {
  enter: halfSize(VIEW_MARGIN_PX),
  leave: halfSize(VIEW_MARGIN_PX + VIEW_HYSTERESIS_PX),
  // The screen and a hull beyond its edge.
  near: halfSize(32),
  bushesHide: true,
};
const all = halfSize(Number.POSITIVE_INFINITY);
const none = halfSize(Number.NEGATIVE_INFINITY);
const EVERYTHING: Reach = { enter: all, leave: all, near: all, bushesHide: false };
/** The area of patches between two that have all poses. */
const EVERYTHING_FAR: Reach = { ...EVERYTHING, near: none };
const NOTHING: Reach = { enter: none, leave: none, near: none, bushesHide: false };

/** No entity has this slot. */
const NOBODY = -1;

const MAP_FIELDS = fieldIndices(ArenaState, ENTITY_MAPS);

interface OwnDrone {
  /** Its key in the state. */
  readonly id: string;
  readonly drone: Drone;
}

/** Slots that have left a view, or come into it, in one patch. Shared by all views: each fills and reads them anew. */
const left: number[] = [];
const entered: number[] = [];

export class AreaOfInterest {
  readonly #table: EntityTable;
  /** The client's own drone, which is in its view from the first state on, with all of its fields. */
  readonly #own: (OwnDrone & { readonly slot: number }) | undefined;
  /**
   * The number of patches written. The first has the own drone whole: fields may have changed before and after the first
   * state, and back.
   */
  #patches = 0;
  /** Slots of all other entities in the view. */
  readonly #slots: number[] = [];
  /** Parallel to #slots: number of the last patch that sent the entity's changes. */
  readonly #sentAt: number[] = [];
  #reach = NOTHING;
  /** Slots of the entity that looks, and of the one that is in the view wherever the eye is. */
  #eye = 0;
  #subject = NOBODY;
  /** The middle of the view, world px: the eye's place, moved by its lean and by the arena's border. */
  #x = 0;
  #y = 0;

  constructor(table: EntityTable, own: OwnDrone | undefined) {
    this.#table = table;
    this.#own = own && { ...own, slot: table.slotOfDrone(own.id, own.drone) };
  }

  /** Shows everything in the state; poses only with one patch in `patchesPerPose` (at most FAR_PATCHES). Call before each patch. */
  showEverything(patchesPerPose: number): void {
    this.#reach = this.#patches % patchesPerPose === 0 ? EVERYTHING : EVERYTHING_FAR;
    this.#subject = NOBODY;
  }

  showNothing(): void {
    this.#reach = NOTHING;
    this.#subject = NOBODY;
  }

  /** Shows from now on what the entity `eye` sees around `centre`, and the player's drone `subject`. */
  showAround(eye: number, subject: number, centre: Place): void {
    this.#reach = AROUND;
    this.#eye = eye;
    this.#subject = subject;
    this.#x = centre.x;
    this.#y = centre.y;
  }

  /** Bound on what writeChanges writes before it reserves more, bytes. */
  get maxBytes(): number {
    return (this.#slots.length + 1) * MAX_SLICE_BYTES;
  }

  /** Appends the view to a full state: its maps, and the own drone. The next patch adds the rest. */
  writeFirst(state: ArenaState, to: FrameWriter): void {
    const { encoder } = this.#table;
    to.reserve((ENTITY_MAPS.length + 1) * MAX_ENTRY_BYTES + MAX_SLICE_BYTES);
    encodeStructureSwitch(to, refIdOf(state));
    for (const [place, map] of ENTITY_MAPS.entries()) {
      encodeReference(to, MAP_FIELDS[place] as number, refIdOf(state[map]));
    }
    const own = this.#own;
    // A client may acknowledge its join so late that its drone has left, and another entity has the slot.
    if (!own || state.drones.get(own.id) !== own.drone) return;
    encodeStructureSwitch(to, refIdOf(state.drones));
    encoder.writeEntry(own.slot, to);
    encoder.writeOwn(own.slot, to);
  }

  /** Appends to a patch what changes in the view. Called once a patch, after the table's update. */
  writeChanges(state: ArenaState, to: FrameWriter): void {
    const mark = this.#table.newMark();
    left.length = 0;
    entered.length = 0;
    if (this.#own !== undefined) {
      const { slot } = this.#own;
      this.#table.marks[slot] = mark;
      if (this.#patches > 0) this.#table.encoder.copyOwn(slot, to);
      else this.#table.encoder.writeOwn(slot, to);
    }
    this.#patches++;
    this.#writeKept(mark, to);
    this.#enter(mark);
    if (left.length + entered.length > 0) this.#writeMembership(state, to);
  }

  /**
   * Marks what the view holds and still shows, and writes what is due of it. This loop runs for every entity in every
   * view, a quarter of a million times a second with 200 players: it reads flat arrays and calls nothing that is rare.
   */
  #writeKept(mark: number, to: FrameWriter): void {
    const { marks, xs, ys, lastPatch, patch, news, encoder } = this.#table;
    const { leave, near } = this.#reach;
    const x = this.#x;
    const y = this.#y;
    const subject = this.#subject;
    const slots = this.#slots;
    const sentAt = this.#sentAt;
    const all = slots.length;
    let kept = 0;
    for (let place = 0; place < all; place++) {
      const slot = slots[place] as number;
      const dx = Math.abs((xs[slot] as number) - x);
      const dy = Math.abs((ys[slot] as number) - y);
      const isInside = dx < leave.halfWidthPx && dy < leave.halfHeightPx && !this.#isHidden(slot);
      if (lastPatch[slot] !== patch || !(isInside || slot === subject)) {
        left.push(slot);
        continue;
      }
      marks[slot] = mark;
      let sent = sentAt[place] as number;
      const isNear = dx < near.halfWidthPx && dy < near.halfHeightPx;
      if (isNear || news[slot] === NEWS.urgent || patch - sent >= FAR_PATCHES) {
        const patchesAgo = patch - sent;
        if (patchesAgo > 1 || news[slot] !== NEWS.none) encoder.copyChanges(slot, patchesAgo, to);
        sent = patch;
      }
      slots[kept] = slot;
      sentAt[kept++] = sent;
    }
    if (kept < all) {
      slots.length = kept;
      sentAt.length = kept;
    }
  }

  /** Adds what has come into view. */
  #enter(mark: number): void {
    const { marks, grid, xs, ys } = this.#table;
    const { halfWidthPx, halfHeightPx } = this.#reach.enter;
    const subject = this.#subject;
    if (subject !== NOBODY && marks[subject] !== mark) {
      marks[subject] = mark;
      this.#show(subject);
    }
    const x = this.#x;
    const y = this.#y;
    const firstColumn = grid.column(x - halfWidthPx);
    const lastColumn = grid.column(x + halfWidthPx);
    const lastRow = grid.row(y + halfHeightPx);
    for (let row = grid.row(y - halfHeightPx); row <= lastRow; row++) {
      const end = grid.end(row, lastColumn);
      for (let at = grid.start(row, firstColumn); at < end; at++) {
        const slot = grid.order[at] as number;
        if (
          marks[slot] !== mark &&
          Math.abs((xs[slot] as number) - x) < halfWidthPx &&
          Math.abs((ys[slot] as number) - y) < halfHeightPx &&
          !this.#isHidden(slot)
        ) {
          this.#show(slot);
        }
      }
    }
  }

  #show(slot: number): void {
    entered.push(slot);
    this.#slots.push(slot);
    this.#sentAt.push(this.#table.patch);
  }

  /** Deletions come first: an entity may take the key of another one that has left. */
  #writeMembership(state: ArenaState, to: FrameWriter): void {
    const { encoder } = this.#table;
    to.reserve((left.length + entered.length) * (MAX_ENTRY_BYTES + MAX_SLICE_BYTES));
    for (const map of ENTITY_MAPS) {
      let isSwitched = false;
      const switchOnce = () => {
        if (!isSwitched) encodeStructureSwitch(to, refIdOf(state[map]));
        isSwitched = true;
      };
      for (const slot of left) {
        if (encoder.mapOf(slot) !== map) continue;
        switchOnce();
        encoder.writeDeletion(slot, to);
      }
      for (const slot of entered) {
        if (encoder.mapOf(slot) !== map) continue;
        switchOnce();
        encoder.writeEntry(slot, to);
      }
    }
    for (const slot of entered) encoder.copyWhole(slot, to);
  }

  /** Whether a bush hides the entity from the eye: by the distance from the drone that looks, wherever its view leans. */
  #isHidden(slot: number): boolean {
    const { xs, ys, concealed } = this.#table;
    if (concealed[slot] === 0 || !this.#reach.bushesHide) return false;
    const eye = this.#eye;
    return isBeyondBush(
      (xs[slot] as number) - (xs[eye] as number),
      (ys[slot] as number) - (ys[eye] as number),
    );
  }
}
