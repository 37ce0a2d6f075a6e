/** Shows the player's crosshair in place of the mouse's cursor, and marks the hits of the player whose view this is. */
import type Phaser from "phaser";
import { deviceInUse } from "#client/deviceInUse.ts";
import type { ViewCamera } from "#client/render/camera.ts";
import { Crosshair } from "#client/render/views/crosshair.ts";
import type { FightView } from "#client/render/views/fightView.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { ArenaInput } from "./arenaInput.ts";
import type { Viewpoint } from "./viewpoint.ts";

/** Bounds the crosshair's size on a small screen: as in a view with this many CSS px a world px. */
const CROSSHAIR_CSS = 0.62;

export interface AimMarks {
  /** Call once a frame, after the camera has followed the view. */
  update(): void;
  handleEvent(event: SimEvent): void;
  dispose(): void;
}

interface AimMarksParts {
  scene: Phaser.Scene;
  input: Pick<ArenaInput, "isSteering">;
  camera: Pick<ViewCamera, "worldPx">;
  viewpoint: Pick<Viewpoint, "actor" | "aimed" | "eye">;
  fightView: Pick<FightView, "markHit" | "markKill">;
}

export function createAimMarks({ scene, input, camera, viewpoint, fightView }: AimMarksParts): AimMarks {
  const crosshair = new Crosshair(scene);
  let cursor = "";
  const showCursor = (wanted: "none" | "") => {
    if (wanted === cursor) return;
    cursor = wanted;
    scene.game.canvas.style.cursor = cursor;
  };
  return {
    update() {
      const aimed = input.isSteering ? viewpoint.aimed() : undefined;
      showCursor(aimed && deviceInUse.peek() === "keys" ? "none" : "");
      if (aimed) crosshair.draw(viewpoint.eye(), aimed, Math.max(1, camera.worldPx(CROSSHAIR_CSS)));
      else crosshair.hide();
    },
    handleEvent(event) {
      const { actor } = viewpoint;
      if (actor === "" || document.hidden) return;
      if (event.type === "hit" && event.shooter === actor && event.victim !== actor) fightView.markHit(event);
      if (event.type === "kill" && event.killer === actor) fightView.markKill(event.victim);
    },
    dispose: () => showCursor(""),
  };
}
