/** Draws the pickups, flags and hill of the field, each by its own view. */
import type Phaser from "phaser";
import type { Effects } from "#client/render/effects/effects.ts";
import type { ShownField, ShownFlag, ShownPickup } from "#client/render/shown.ts";
import { dropUnseen } from "./dropUnseen.ts";
import { FlagView } from "./flagView.ts";
import { HillView } from "./hillView.ts";
import { PickupView } from "./pickupView.ts";
import { Pool } from "./pool.ts";

interface PickupRecord {
  readonly view: PickupView;
  seen: boolean;
}
interface FlagRecord {
  readonly view: FlagView;
  seen: boolean;
}

export class FieldView {
  readonly #scene: Phaser.Scene;
  readonly #effects: Effects;
  readonly #pool: Pool<PickupView>;
  readonly #pickups = new Map<string, PickupRecord>();
  readonly #flags = new Map<number, FlagRecord>();
  #hill: HillView | undefined;
  #hasDrawn = false;

  constructor(scene: Phaser.Scene, effects: Effects) {
    this.#scene = scene;
    this.#effects = effects;
    this.#pool = new Pool(() => new PickupView(scene), 0);
  }

  draw(field: ShownField, timeMs: number): void {
    const { pickups, flags, hill } = field;
    for (const pickup of pickups) this.#drawPickup(pickup, timeMs);
    for (const flag of flags) this.#drawFlag(flag, timeMs);
    if (hill) {
      this.#hill ??= new HillView(this.#scene);
      this.#hill.draw(hill, timeMs);
    } else this.#hill?.hide();
    dropUnseen(this.#pickups, ({ view }) => this.#pool.giveBack(view));
    dropUnseen(this.#flags, ({ view }) => view.destroy());
    this.#hasDrawn = true;
  }

  /** The next field is shown as it is: nothing has appeared or moved since the last frame. */
  clear(): void {
    for (const { view } of this.#pickups.values()) this.#pool.giveBack(view);
    for (const { view } of this.#flags.values()) view.destroy();
    this.#pickups.clear();
    this.#flags.clear();
    this.#hasDrawn = false;
  }

  applyHues(): void {
    for (const { view } of this.#flags.values()) view.applyHues();
  }

  #drawPickup(pickup: ShownPickup, timeMs: number): void {
    let record = this.#pickups.get(pickup.id);
    if (!record) {
      record = { view: this.#pool.take(), seen: true };
      record.view.dress(pickup, timeMs);
      this.#pickups.set(pickup.id, record);
      // Pickups of the first frame are already there: no effect of appearing.
      if (this.#hasDrawn) this.#effects.pickupAppears(pickup.kind, pickup.x, pickup.y);
    }
    record.seen = true;
    record.view.draw(pickup, timeMs);
  }

  #drawFlag(flag: ShownFlag, timeMs: number): void {
    let record = this.#flags.get(flag.team);
    if (!record) {
      record = { view: new FlagView(this.#scene, flag.team), seen: true };
      this.#flags.set(flag.team, record);
    }
    record.seen = true;
    const hasMoved = record.view.draw(flag, timeMs);
    if (hasMoved) this.#effects.flagMoves(flag.x, flag.y, flag.team);
  }
}
