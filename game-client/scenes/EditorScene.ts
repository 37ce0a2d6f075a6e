/** Draws the draft that people edit, and turns what devices do into edits. */
import Phaser from "phaser";
import { themeOf } from "#client/editor/arenaOfDraft.ts";
import { drawing, handPlace, view } from "#client/editor/commands.ts";
import { shownDraft } from "#client/editor/drawing.ts";
import { acts, draft, insets, lookAt, selected, tilePx, tool } from "#client/editor/editorModel.ts";
import { listenForKeys } from "#client/editor/input/keys.ts";
import { PadReader } from "#client/editor/input/pad.ts";
import { listenForPointers } from "#client/editor/input/pointers.ts";
import { inspectEditor } from "#client/editor/inspection.ts";
import { Overlay } from "#client/editor/overlay/overlay.ts";
import { DraftPicture } from "#client/editor/picture/draftPicture.ts";
import { EditorCamera } from "#client/editor/picture/editorCamera.ts";
import type { ToolName } from "#client/editor/toolNames.ts";
import { createAtlas } from "#client/render/paint/atlas.ts";
import type { Quality } from "#client/render/quality.ts";
import type { Theme } from "#client/render/themes/theme.ts";
import { loadTheme } from "#client/render/themes/themes.ts";
import type { ThemeName } from "#shared/arena/themes.ts";
import { sizeOf } from "#shared/editor/draft.ts";

export interface EditorSceneData {
  quality: Quality;
  /** The theme of the present draft. */
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
  #overlay!: Overlay;
  #pointers!: ReturnType<typeof listenForPointers>;
  #pad!: PadReader;
  #pointed = "";

  constructor() {
    super(EditorScene.key);
  }

  init(data: EditorSceneData): void {
    this.#data = data;
  }

  create(): void {
    const { quality, theme } = this.#data;
    const surface = this.game.canvas.parentElement ?? document.body;
    const until = new AbortController();
    createAtlas(this, () => this.#picture.applyHues());
    this.#camera = new EditorCamera(this, quality);
    this.#picture = new DraftPicture(this, quality, [[...theme]]);
    this.#overlay = new Overlay(surface, this.#camera, until.signal);
    const keys = listenForKeys(until.signal);
    this.#pointers = listenForPointers(surface, this.#camera, () => keys.isPanning, until.signal);
    this.#pad = new PadReader(this.#camera);
    view.value = this.#camera;
    inspectEditor(this.#camera, () => this.#picture.paints);
    // Two fingers zoom the map, and not the page.
    surface.style.touchAction = "none";
    this.events.once("shutdown", () => {
      if (drawing.isBusy) drawing.cancel();
      until.abort();
      view.value = undefined;
      surface.style.touchAction = "";
      this.game.canvas.style.cursor = "";
      inspectEditor(undefined);
    });
  }

  override update(): void {
    const { now, rawDelta } = this.game.loop;
    this.#data.quality.frame(rawDelta);
    this.#followModel();
    this.#pad.update(rawDelta);
    this.#pointers.update();
    drawing.update(now);
    this.#camera.update(rawDelta);
    this.#picture.update(shownDraft.value, tilePx.value, this.cameras.main, now);
    this.#overlay.update(rawDelta);
    this.game.canvas.style.cursor = CURSORS[tool.value] ?? "crosshair";
    this.#point();
  }

  #followModel(): void {
    const { columns, rows } = sizeOf(draft.value);
    this.#camera.map = { width: columns * tilePx.value, height: rows * tilePx.value };
    this.#camera.insets = insets.value;
    if (!lookAt.value) return;
    this.#camera.lookAt(lookAt.value);
    lookAt.value = undefined;
  }

  /** Tells the others where this person is. */
  #point(): void {
    const { x, y } = handPlace() ?? AWAY;
    const message = {
      ...{ x: clamped(x), y: clamped(y), tool: tool.value },
      selected: selected.value.slice(0, POINTED_MAX),
    };
    const said = JSON.stringify(message);
    if (said === this.#pointed || !acts.value) return;
    this.#pointed = said;
    acts.value.point(message);
  }
}

/** Nowhere over the map. */
const AWAY = { x: -1024, y: -1024 };
const POINTED_MAX = 32;
/** Clamps a coordinate to the range of a CursorMessage, px. */
const clamped = (px: number): number => Math.round(Math.max(-1024, Math.min(8192, px)));

const CURSORS: Readonly<Partial<Record<ToolName, string>>> = { pan: "grab", select: "default" };
