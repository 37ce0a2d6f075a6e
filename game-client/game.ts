/** Phaser and its scenes: loaded behind the title screen, for it is most of the download. */
import Phaser from "phaser";
import type { GameAudio } from "./audio/player.ts";
import type { ArenaLink } from "./net/arenaLink.ts";
import { loadArena } from "./net/loadArena.ts";
import { isSameStanding, type Standing, standingIn } from "./net/roomPresence.ts";
import { Quality } from "./render/quality.ts";
import { ArenaScene, type ArenaSceneData } from "./scenes/ArenaScene.ts";
import { TitleScene } from "./scenes/TitleScene.ts";

export interface Game {
  showTitle(): void;
  /** Resolves when the fight is on screen. Throws when the room's map cannot be had. */
  enterArena(room: ArenaLink): Promise<void>;
}

/** Name tags are drawn by the canvas, which does not wait for fonts by itself. */
const TAG_FONT = '600 16px "Oxanium Variable"';

export async function createGame(parent: HTMLElement, audio: GameAudio): Promise<Game> {
  await document.fonts.load(TAG_FONT).catch(() => {});
  const quality = new Quality();
  const game = new Phaser.Game({
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
    // The devices are read by game-client/input.
    input: { keyboard: false, mouse: false, touch: false, gamepad: false },
  });
  await new Promise<void>((resolve) => game.events.once(Phaser.Core.Events.READY, () => resolve()));
  game.scene.add(TitleScene.key, TitleScene);
  game.scene.add(ArenaScene.key, ArenaScene);

  let shown: Standing | undefined;
  /** What the newest call wants; an older one that still waits for its map must not show over it. */
  let wanted: Standing | undefined;

  return {
    showTitle() {
      wanted = undefined;
      shown = undefined;
      game.scene.stop(ArenaScene.key);
      if (!game.scene.isActive(TitleScene.key)) {
        game.scene.start(TitleScene.key, { quality, music: audio.music });
      }
    },
    async enterArena(room) {
      const standing = standingIn(room);
      if (!standing) throw new Error("the room has no drone for this player");
      // Back after a drop: the scene is still there, and prediction follows the SDK's reset by itself.
      if (isSameStanding(standing, shown)) return;
      wanted = standing;
      const arena = await loadArena(standing.map);
      if (standing !== wanted || !isSameStanding(standing, standingIn(room))) return;
      game.scene.stop(TitleScene.key);
      const data: ArenaSceneData = { room, arena, own: standing.own, quality, audio };
      game.scene.stop(ArenaScene.key);
      game.scene.start(ArenaScene.key, data);
      shown = standing;
    },
  };
}
