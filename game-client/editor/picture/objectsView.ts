/** Draws a draft's objects as a fight does: pickups, flags, hills, and the marks of spawns. */
import Phaser from "phaser";
import { pickupOf, teamOf } from "#client/editor/arenaOfDraft.ts";
import { PALETTE, teamHue, tintOf } from "#client/palette.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage } from "#client/render/paint/atlas.ts";
import { emblemFrame } from "#client/render/paint/atlasFrames.ts";
import { FlagView } from "#client/render/views/flagView.ts";
import { HillView } from "#client/render/views/hillView.ts";
import { PickupView } from "#client/render/views/pickupView.ts";
import type { Draft, ObjectFields, ObjectLayer } from "#shared/editor/draft.ts";

interface ObjectView {
  /** Call once a frame. */
  draw(fields: ObjectFields, timeMs: number): void;
  applyHues(): void;
  destroy(): void;
}

interface Shown {
  readonly view: ObjectView;
  /** The fields for which the view was made. */
  readonly layer: ObjectLayer;
  readonly type: string;
}

export class ObjectsView {
  readonly #scene: Phaser.Scene;
  readonly #shown = new Map<string, Shown>();

  constructor(scene: Phaser.Scene) {
    this.#scene = scene;
  }

  draw({ objects }: Draft, timeMs: number): void {
    for (const [id, shown] of this.#shown) {
      const fields = objects.get(id);
      if (fields?.layer === shown.layer && fields.type === shown.type) continue;
      shown.view.destroy();
      this.#shown.delete(id);
    }
    for (const [id, fields] of objects) {
      const { layer, type } = fields;
      let shown = this.#shown.get(id);
      if (!shown) {
        shown = { layer, type, view: MAKE[layer](this.#scene, fields, timeMs) };
        this.#shown.set(id, shown);
      }
      shown.view.draw(fields, timeMs);
    }
  }

  applyHues(): void {
    for (const { view } of this.#shown.values()) view.applyHues();
  }
}

/** A type that is none is drawn as if it were the first: the fault's mark says what is wrong. */
const MAKE: Readonly<
  Record<ObjectLayer, (scene: Phaser.Scene, fields: ObjectFields, timeMs: number) => ObjectView>
> = {
  spawns: (scene, fields) => new SpawnMark(scene, teamOf(fields)),
  pickups(scene, fields, timeMs) {
    const view = new PickupView(scene);
    const kind = pickupOf(fields) ?? "health";
    view.dress({ id: "", kind, x: fields.x, y: fields.y }, timeMs);
    return {
      draw: ({ x, y }, nowMs) => view.draw({ id: "", kind, x, y }, nowMs),
      applyHues() {},
      destroy: () => view.destroy(),
    };
  },
  flags(scene, fields) {
    const team = teamOf(fields) ?? 0;
    const view = new FlagView(scene, team);
    return {
      draw: ({ x, y }, nowMs) => void view.draw({ team, x, y, home: { x, y }, carried: false }, nowMs),
      applyHues: () => view.applyHues(),
      destroy: () => view.destroy(),
    };
  },
  hills(scene) {
    const view = new HillView(scene);
    return {
      draw: ({ x, y, width, height }, nowMs) => view.draw({ x, y, width, height, holder: "nobody" }, nowMs),
      applyHues() {},
      destroy: () => view.destroy(),
    };
  },
};

const MARK_PX = 0.55;

/** The emblem of the team on a pad, which the floor's painter has drawn; a spawn for everybody has a ring instead. */
class SpawnMark implements ObjectView {
  readonly #team: number | undefined;
  readonly #ring: Phaser.GameObjects.Image;
  readonly #mark: Phaser.GameObjects.Image | undefined;

  constructor(scene: Phaser.Scene, team: number | undefined) {
    this.#team = team;
    const add = Phaser.BlendModes.ADD;
    this.#ring = atlasImage(scene, "self", LAYER.mark).setBlendMode(add);
    if (team !== undefined) this.#mark = atlasImage(scene, emblemFrame(team), LAYER.mark).setBlendMode(add);
    this.#mark?.setScale(ATLAS_UNIT * MARK_PX);
    this.applyHues();
  }

  draw({ x, y }: ObjectFields): void {
    this.#ring.setPosition(x, y);
    this.#mark?.setPosition(x, y);
  }

  applyHues(): void {
    const tint = tintOf(this.#team === undefined ? PALETTE.text : teamHue(this.#team));
    this.#ring.setTint(tint).setAlpha(this.#team === undefined ? 0.65 : 0.8);
    this.#mark?.setTint(tint);
  }

  destroy(): void {
    this.#ring.destroy();
    this.#mark?.destroy();
  }
}
