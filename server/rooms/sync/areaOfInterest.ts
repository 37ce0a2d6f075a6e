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
import { VIEW_HEIGHT_PX, VIEW_HYSTERESIS_PX, VIEW_MARGIN_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { ArenaState, type Drone } from "#shared/schema/state.ts";
import { isBeyondBush } from "#shared/sim/concealment.ts";
import { ENTITY_MAPS, FAR_PATCHES, MAX_ENTRY_BYTES, MAX_SLICE_BYTES } from "./entityEncoder.ts";
import type { EntityTable } from "./entityTable.ts";
import type { FrameWriter } from "./frameWriter.ts";

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

const MAP_FIELDS = fieldIndices(ArenaState, ENTITY_MAPS);

/** Slots that have left a view, or come into it, in one patch. Shared by all views: each fills and reads them anew. */
const left: number[] = [];
const entered: number[] = [];

export class AreaOfInterest {
  readonly #table: EntityTable;
  /** The client's own drone, which is in its view from the first state on, with all of its fields. */
  readonly #own: { readonly drone: Drone; readonly slot: number } | undefined;
  /** Slots of all other entities in the view. */
  readonly #slots: number[] = [];
  /** Parallel to #slots: number of the last patch that sent the entity's changes. */
  readonly #sentAt: number[] = [];
  #shows: "around" | "everything" | "nothing" = "nothing";
  /** While it shows what is around a drone, the slots of showAround. */
  #eye = 0;
  #subject = 0;

  constructor(table: EntityTable, own: { readonly id: string; readonly drone: Drone } | undefined) {
    this.#table = table;
    this.#own = own && { drone: own.drone, slot: table.slotOfDrone(own.id, own.drone) };
  }

  /** From now on the view shows everything in the state. */
  showEverything(): void {
    this.#shows = "everything";
  }

  showNothing(): void {
    this.#shows = "nothing";
  }

  /** From now on the view shows what `eye` sees, in the middle of the screen, and the player's drone `subject`. */
  showAround(eye: number, subject: number): void {
    this.#shows = "around";
    this.#eye = eye;
    this.#subject = subject;
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
    if (!own || this.#table.slotOf(own.drone) !== own.slot) return;
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
      this.#table.marks[this.#own.slot] = mark;
      this.#table.encoder.copyOwn(this.#own.slot, to);
    }
    this.#writeKept(mark, to);
    this.#enter(mark);
    if (left.length + entered.length > 0) this.#writeMembership(state, to);
  }

  /** Marks what the view holds and still shows, and writes what is due of it. */
  #writeKept(mark: number, to: FrameWriter): void {
    const { marks, lastPatch, patch, urgent, encoder } = this.#table;
    const slots = this.#slots;
    const sentAt = this.#sentAt;
    let kept = 0;
    for (let place = 0; place < slots.length; place++) {
      const slot = slots[place] as number;
      if (lastPatch[slot] !== patch || !this.#keeps(slot)) {
        left.push(slot);
        continue;
      }
      marks[slot] = mark;
      let sent = sentAt[place] as number;
      if (patch - sent >= FAR_PATCHES || urgent[slot] === 1 || this.#isNear(slot)) {
        encoder.copyChanges(slot, patch - sent, to);
        sent = patch;
      }
      slots[kept] = slot;
      sentAt[kept++] = sent;
    }
    slots.length = kept;
    sentAt.length = kept;
  }

  /** Adds what has come into view. */
  #enter(mark: number): void {
    if (this.#shows === "nothing") return;
    const { marks, inState, grid, xs, ys } = this.#table;
    if (this.#shows === "everything") {
      for (const slot of inState) if (marks[slot] !== mark) this.#show(slot);
      return;
    }
    const eye = this.#eye;
    const subject = this.#subject;
    if (marks[subject] !== mark) {
      marks[subject] = mark;
      this.#show(subject);
    }
    const x = xs[eye] as number;
    const y = ys[eye] as number;
    const firstColumn = grid.column(x - ENTER.halfWidthPx);
    const lastColumn = grid.column(x + ENTER.halfWidthPx);
    const lastRow = grid.row(y + ENTER.halfHeightPx);
    for (let row = grid.row(y - ENTER.halfHeightPx); row <= lastRow; row++) {
      const end = grid.end(row, lastColumn);
      for (let at = grid.start(row, firstColumn); at < end; at++) {
        const slot = grid.order[at] as number;
        if (marks[slot] !== mark && this.#sees(eye, slot, ENTER)) this.#show(slot);
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

  #keeps(slot: number): boolean {
    if (this.#shows !== "around") return this.#shows === "everything";
    return slot === this.#subject || this.#sees(this.#eye, slot, LEAVE);
  }

  #isNear(slot: number): boolean {
    return this.#shows === "everything" || this.#isInside(this.#eye, slot, NEAR);
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
