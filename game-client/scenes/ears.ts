/** Which sound an event makes, for whom, and from where. */
import type { GameAudio } from "#client/audio/player.ts";
import type { Cue } from "#client/render/fightView.ts";
import type { SimEvent } from "#shared/sim/event.ts";

export interface Ears {
  /** Where the player listens, world px. */
  listenAt(place: { x: number; y: number }): void;
  hear(event: SimEvent): void;
  /** The own beam sounds when it is predicted, not when the server tells of it. */
  hearOwnRail(): void;
  hearCue(cue: Cue, owner: string, x: number, y: number): void;
}

/** `me` is the player's drone. */
export function createEars(audio: GameAudio, me: string): Ears {
  let listener = { x: 0, y: 0 };
  const from = (place: { x: number; y: number }) => ({ dx: place.x - listener.x, dy: place.y - listener.y });

  return {
    listenAt(place) {
      listener = place;
    },
    hear(event) {
      switch (event.type) {
        case "hit":
          if (event.victim === me) audio.play("hit");
          else if (event.shooter === me) audio.play("hitConfirm");
          return;
        case "explode":
          return audio.play("explode", from(event));
        case "kill":
          if (event.killer === me) audio.play("kill");
          return;
        case "beam":
          if (event.shooter !== me) audio.play("rail", from(event));
          return;
        case "spawn":
          return audio.play("spawn", from(event));
      }
    },
    hearOwnRail: () => audio.play("rail"),
    hearCue(cue, owner, x, y) {
      if (cue === "wall") audio.play("wallImpact", from({ x, y }));
      else if (owner === me) audio.play("fire");
      else audio.play("fireFar", from({ x, y }));
    },
  };
}
