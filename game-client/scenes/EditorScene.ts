/** Draws the draft that people edit, and turns what devices do into edits. */
import Phaser from "phaser";
import { themeOf } from "#client/editor/arenaOfDraft.ts";
import { draft, insets, lookAt, tilePx } from "#client/editor/editorModel.ts";
import { DraftPicture } from "#client/editor/picture/draftPicture.ts";
import { EditorCamera } from "#client/editor/picture/editorCamera.ts";
import { createAtlas } from "#client/render/paint/atlas.ts";
import type { Quality } from "#client/render/quality.ts";
import type { Theme } from "#client/render/themes/theme.ts";
import { loadTheme } from "#client/render/themes/themes.ts";
import type { ThemeName } from "#shared/arena/themes.ts";
import { sizeOf } from "#shared/editor/draft.ts";

export interface EditorSceneData {
  quality: Quality;
  /** Of the draft as it is now. */
  theme: readonly [ThemeName, Theme];
}

/** Loads what the draft needs before the scene starts. */
export async function prepareEditor(quality: Quality) {
  const name = themeOf(draft.value);
  const data: EditorSceneData = { quality, theme: [name, await loadTheme(name)] };
  return { scene: EditorScene, data };
}

export class EditorScene extends Phaser.Scene {
  static readonly key = "editor";
  #data!: EditorSceneData;
  #camera!: EditorCamera;
  #picture!: DraftPicture;

  constructor() {
    super(EditorScene.key);
  }

  init(data: EditorSceneData): void {
    this.#data = data;
  }

  create(): void {
    const { quality, theme } = this.#data;
    createAtlas(this, () => this.#picture.applyHues());
    this.#camera = new EditorCamera(this, quality);
    this.#picture = new DraftPicture(this, quality, [[...theme]]);
  }

  override update(): void {
    const { now, rawDelta } = this.game.loop;
    this.#data.quality.frame(rawDelta);
    const { columns, rows } = sizeOf(draft.value);
    this.#camera.map = { width: columns * tilePx.value, height: rows * tilePx.value };
    this.#camera.insets = insets.value;
    if (lookAt.value) {
      this.#camera.lookAt(lookAt.value);
      lookAt.value = undefined;
    }
    this.#camera.update(rawDelta);
    this.#picture.update(draft.value, tilePx.value, this.cameras.main, now);
  }
}
