/** Phaser and its scenes, in a chunk of its own that loads behind the title: it is most of the download. */
import Phaser from "phaser";
import { parseArena } from "#shared/arena/parseArena.ts";
import type { GameAudio } from "./audio/player.ts";
import { CannotShow } from "./cannotShow.ts";
import type { ArenaLink } from "./net/arenaLink.ts";
import { livePlayout, type Playout } from "./net/playout.ts";
import { fetchMap } from "./net/roomLookup.ts";
import { isSamePresence, presenceIn, type RoomPresence } from "./net/roomPresence.ts";
import { watchContext } from "./render/contextLoss.ts";
import { paintAtlas } from "./render/paint/atlas.ts";
import { useQuadSubmitter } from "./render/quadSubmitter.ts";
import { type CanvasSize, Quality } from "./render/quality.ts";
import { loadTheme } from "./render/themes/themes.ts";
import { ArenaScene, type ArenaSceneData } from "./scenes/ArenaScene.ts";
import { createArenaInput } from "./scenes/arenaInput.ts";
import { TitleScene } from "./scenes/TitleScene.ts";
import { learnTitle } from "./ui/kit/mapTitle.ts";

export interface Game {
  showTitle(): void;
  /** Resolves when the fight is on screen. Rejects when the room's map cannot be loaded. `source`: a live room by default. */
  enterArena(room: ArenaLink, source?: FightSource): Promise<void>;
  /** Shows the draft of editor/editorModel.ts. Resolves when it is on screen; rejects when the editor's part cannot be loaded. */
  showEditor(): Promise<void>;
  /** Stops the picture: from now on each frame is drawn on demand, in this size. */
  film(size: CanvasSize): Film;
}

export interface Film {
  /** Holds the last frame until the task ends. */
  readonly canvas: HTMLCanvasElement;
  /** Draws the next frame at once. */
  draw(stepMs: number): void;
  /** The picture goes on by itself. */
  end(): void;
}

/** Where a fight's time and its arena come from. */
export interface FightSource {
  /** `watches`: the page has no drone. */
  playout(room: ArenaLink, watches: boolean): Playout;
  /** Resolves to the Tiled map of this name. */
  fetchMap(name: string): Promise<unknown>;
  /** The live room that the page is in, for a replay that is shown there: its people, its host, its panel. */
  readonly around?: ArenaLink;
}

const LIVE: FightSource = { playout: livePlayout, fetchMap };

/** Name tags are drawn on a canvas, which does not wait for fonts. */
const TAG_FONT = '600 16px "Oxanium Variable"';

/** `onLost` is called when the picture is lost for good. Rejects with CannotShow when Phaser cannot use WebGL. */
export async function createGame(parent: HTMLElement, audio: GameAudio, onLost: () => void): Promise<Game> {
  await document.fonts.load(TAG_FONT).catch(() => {});
  const game = startPhaser(parent);
  try {
    await new Promise<void>((resolve) => game.events.once(Phaser.Core.Events.READY, () => resolve()));
    useQuadSubmitter(game);
    // Not when the first scene starts: a player's drone would stand in the arena meanwhile.
    paintAtlas(game.textures);
    game.scene.add(TitleScene.key, TitleScene);
    game.scene.add(ArenaScene.key, ArenaScene);
  } catch (error) {
    game.destroy(true);
    throw error;
  }
  watchContext(game.canvas, () => {
    stopScenes(game);
    game.loop.stop();
    // Browsers show a canvas that has lost its context as a grey box.
    game.canvas.style.visibility = "hidden";
    onLost();
  });
  return switchScenes(game, parent, audio);
}

function startPhaser(parent: HTMLElement): Phaser.Game {
  try {
    return new Phaser.Game({
      type: Phaser.WEBGL,
      parent,
      banner: false,
      backgroundColor: "#0a0a1f",
      scale: { mode: Phaser.Scale.NONE },
      // Small hulls shimmer without mipmaps; multisampling costs a software renderer more than it gives.
      render: {
        mipmapFilter: "LINEAR_MIPMAP_NEAREST",
        antialiasGL: false,
        powerPreference: "high-performance",
      },
      audio: { noAudio: true },
      // game-client/input reads the devices.
      input: { keyboard: false, mouse: false, touch: false, gamepad: false },
    });
  } catch (error) {
    throw new CannotShow("noWebGl", error);
  }
}

function stopScenes(game: Phaser.Game, except?: string): void {
  for (const { sys } of game.scene.getScenes(false))
    if (sys.settings.key !== except) game.scene.stop(sys.settings.key);
}

function switchScenes(game: Phaser.Game, parent: HTMLElement, audio: GameAudio): Game {
  const quality = new Quality();
  const input = createArenaInput(parent);
  let shown: RoomPresence | undefined;
  /** The newest request; an earlier one whose files load later must not replace it. */
  let wanted: RoomPresence | "editor" | undefined;

  return {
    showTitle() {
      wanted = undefined;
      shown = undefined;
      stopScenes(game, TitleScene.key);
      if (game.scene.isActive(TitleScene.key)) return;
      game.scene.start(TitleScene.key, { quality, music: audio.music });
    },
    async enterArena(room, source = LIVE) {
      const presence = presenceIn(room);
      if (!presence) throw new Error("the room has no drone for this player");
      // After a drop the scene still runs, and prediction follows the SDK's reset.
      if (isSamePresence(presence, shown)) return;
      wanted = presence;
      const arena = parseArena(await source.fetchMap(presence.map), presence.map);
      learnTitle(arena.name, arena.title);
      const theme = await loadTheme(arena.theme);
      if (presence !== wanted || !isSamePresence(presence, presenceIn(room))) return;
      const { own } = presence;
      const playout = source.playout(room, !own);
      const { around = room } = source;
      const data: ArenaSceneData = { room, around, arena, theme, own, playout, quality, audio, input };
      stopScenes(game);
      game.scene.start(ArenaScene.key, data);
      shown = presence;
    },
    async showEditor() {
      wanted = "editor";
      shown = undefined;
      const { prepareEditor } = await import("./scenes/EditorScene.ts");
      const { scene, data } = await prepareEditor(quality);
      if (wanted !== "editor") return;
      stopScenes(game, scene.key);
      if (game.scene.isActive(scene.key)) return;
      if (!game.scene.getScene(scene.key)) game.scene.add(scene.key, scene);
      game.scene.start(scene.key, data);
    },
    film(size) {
      let nowMs = game.loop.now;
      game.loop.sleep();
      quality.filmSize = size;
      return {
        canvas: game.canvas,
        draw(stepMs) {
          nowMs += stepMs;
          game.step(nowMs, stepMs);
        },
        end() {
          quality.filmSize = undefined;
          game.loop.wake();
        },
      };
    },
  };
}
