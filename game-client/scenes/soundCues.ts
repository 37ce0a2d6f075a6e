/** Which sound an event makes, for whom, and from where. */
import type { GameAudio } from "#client/audio/player.ts";
import type { SoundName } from "#client/audio/sounds.ts";
import type { Cue } from "#client/render/shown.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { PickupName, ProjectileName } from "#shared/tuning.ts";
import { createMatchCues, type HeardState } from "./matchCues.ts";

export interface SoundCues {
  /** Where the player listens, world px. */
  listenAt(place: { x: number; y: number }): void;
  /** Once a frame: what is heard because it lasts, or is due. */
  watch(state: HeardState, own: { readonly hp: number; readonly team: number }): void;
  hear(event: SimEvent): void;
  /** The own beam sounds when it is predicted, not when the server tells of it. */
  hearOwnRail(): void;
  hearCue(cue: Cue): void;
}

const PICKUP_SOUNDS: Readonly<Record<PickupName, SoundName>> = {
  health: "pickupHealth",
  shield: "pickupShield",
  scatter: "pickupWeapon",
  rail: "pickupWeapon",
  mortar: "pickupWeapon",
  haste: "pickupHaste",
  overcharge: "pickupOvercharge",
};
const FLAG_SOUNDS = {
  taken: "flagTaken",
  dropped: "flagDropped",
  returned: "flagReturned",
  captured: "flagCaptured",
} as const satisfies Record<string, SoundName>;
/** By weapon: as its owner hears it, and as the others do. */
const SHOT_SOUNDS: Readonly<Record<ProjectileName, readonly [SoundName, SoundName]>> = {
  blaster: ["fire", "fireFar"],
  scatter: ["scatter", "scatter"],
  mortar: ["mortar", "mortar"],
};

/** `me` is the player's drone. */
export function createSoundCues(audio: GameAudio, me: string): SoundCues {
  let listener = { x: 0, y: 0 };
  const from = (place: { x: number; y: number }) => ({ dx: place.x - listener.x, dy: place.y - listener.y });
  const match = createMatchCues((sound) => audio.play(sound));

  /** The own ones are heard in full, in the middle of the head. */
  const playOf = (drone: string, sound: SoundName, place: { x: number; y: number }) =>
    audio.play(sound, drone === me ? undefined : from(place));

  return {
    listenAt(place) {
      listener = place;
    },
    watch: (state, own) => match.update(state, own),
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
        case "pickup":
          return playOf(event.drone, PICKUP_SOUNDS[event.kind], event);
        case "flag":
          return audio.play(FLAG_SOUNDS[event.what]);
        case "hill":
          return audio.play("hillMoved");
        case "match":
          return audio.play(event.phase === "live" ? "matchStart" : "matchEnd");
        // A burst is heard when it is seen: with the view's cue.
        case "burst":
          return;
      }
    },
    hearOwnRail: () => audio.play("rail"),
    hearCue({ kind, drone, weapon = "blaster", x, y }) {
      const place = { x, y };
      if (kind === "wall") audio.play("wallImpact", from(place));
      else if (kind === "burst") audio.play("burst", from(place));
      else if (kind === "shot") playOf(drone, SHOT_SOUNDS[weapon][drone === me ? 0 : 1], place);
      else playOf(drone, kind, place);
    },
  };
}
