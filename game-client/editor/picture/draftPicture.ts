/** The whole picture of a draft: its ground, its objects and the lights of its theme. */
import type Phaser from "phaser";
import { arenaOfDraft, themeOf } from "#client/editor/arenaOfDraft.ts";
import type { Quality } from "#client/render/quality.ts";
import type { Theme } from "#client/render/themes/theme.ts";
import { loadTheme } from "#client/render/themes/themes.ts";
import { type Ambience, createAmbience } from "#client/render/views/ambience.ts";
import type { Arena } from "#shared/arena/arena.ts";
import type { ThemeName } from "#shared/arena/themes.ts";
import { type Draft, sizeOf } from "#shared/editor/draft.ts";
import { GroundView } from "./groundView.ts";
import { ObjectsView } from "./objectsView.ts";

/** A picture of one size and theme. */
interface Place {
  readonly layout: string;
  readonly ground: GroundView;
  readonly ambience: Ambience;
}

export class DraftPicture {
  readonly #scene: Phaser.Scene;
  readonly #quality: Quality;
  readonly #objects: ObjectsView;
  readonly #themes = new Map<ThemeName, Theme>();
  #draft: Draft | undefined;
  #tilePx = 0;
  #place: Place | undefined;
  /** Shown until the new one is painted. */
  #old: Place | undefined;
  #paints = 0;

  constructor(scene: Phaser.Scene, quality: Quality, themes: Iterable<[ThemeName, Theme]>) {
    this.#scene = scene;
    this.#quality = quality;
    this.#objects = new ObjectsView(scene);
    this.#themes = new Map(themes);
    scene.events.once("shutdown", () => {
      for (const place of [this.#old, this.#place]) place?.ground.destroy();
    });
  }

  /** Chunks of the ground painted so far. */
  get paints(): number {
    return this.#paints + (this.#place?.ground.paints ?? 0);
  }

  /** Call once a frame, after the camera has moved. */
  update(draft: Draft, tilePx: number, camera: Phaser.Cameras.Scene2D.Camera, timeMs: number): void {
    if (draft !== this.#draft || tilePx !== this.#tilePx) this.#show(draft, tilePx);
    this.#objects.draw(draft, timeMs);
    const isPainted = this.#place?.ground.update(camera);
    if (isPainted && this.#old) {
      remove(this.#old);
      this.#old = undefined;
    }
    this.#place?.ambience.update(camera, timeMs);
  }

  applyHues(): void {
    this.#objects.applyHues();
  }

  #show(draft: Draft, tilePx: number): void {
    this.#draft = draft;
    this.#tilePx = tilePx;
    const name = themeOf(draft);
    const theme = this.#themes.get(name);
    if (!theme) {
      // The picture keeps its old theme meanwhile.
      void loadTheme(name).then((loaded) => {
        this.#themes.set(name, loaded);
        this.#draft = undefined;
      });
      return;
    }
    const arena = arenaOfDraft(draft, tilePx);
    const { columns, rows } = sizeOf(draft);
    const layout = `${name} ${columns} ${rows} ${tilePx}`;
    if (this.#place?.layout === layout) this.#place.ground.show(arena);
    else this.#begin(layout, arena, theme);
  }

  #begin(layout: string, arena: Arena, theme: Theme): void {
    if (this.#old) remove(this.#old);
    this.#old = this.#place;
    this.#paints = this.paints;
    // Motes would distract from drawing.
    const still = { ...theme, ambient: { ...theme.ambient, motes: [] } };
    const ground = new GroundView(this.#scene, arena, theme);
    this.#scene.cameras.main.setBackgroundColor(theme.palette.beyond);
    this.#place = { layout, ground, ambience: createAmbience(this.#scene, arena, still, this.#quality) };
  }
}

function remove({ ground, ambience }: Place): void {
  ground.destroy();
  ambience.destroy();
}
