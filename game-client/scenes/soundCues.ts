/** Plays the sound of each event and cue, panned by its place. */
import type { GameAudio } from "#client/audio/player.ts";
import type { SoundName } from "#client/audio/sounds.ts";
import type { Cue } from "#client/render/shown.ts";
import { WEAPON_LOOKS } from "#client/weaponLooks.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { type HitscanName, isSpecial, type PickupName, type SpecialName } from "#shared/tuning.ts";
import { createMatchCues, type HeardState } from "./matchCues.ts";

export interface SoundCues {
  /** Moves the listener, in world px. */
  listenAt(place: { x: number; y: number }): void;
  /** Call once a frame: plays the sounds that follow from the state and not from an event. */
  watch(state: HeardState, own: { readonly hp: number; readonly team: number }): void;
  hear(event: SimEvent): void;
  /** The own beam sounds when it is predicted, not when the server's event arrives. */
  hearOwnBeam(weapon: HitscanName): void;
  hearCue(cue: Cue): void;
}

const PICKUP_SOUNDS: Readonly<Record<Exclude<PickupName, SpecialName>, SoundName>> = {
  health: "pickupHealth",
  shield: "pickupShield",
  haste: "pickupHaste",
  overcharge: "pickupOvercharge",
};
const pickupSound = (kind: PickupName): SoundName => (isSpecial(kind) ? "pickupWeapon" : PICKUP_SOUNDS[kind]);

const FLAG_SOUNDS = {
  taken: "flagTaken",
  dropped: "flagDropped",
  returned: "flagReturned",
  captured: "flagCaptured",
} as const satisfies Record<string, SoundName>;

/** `me` is the id of the player's drone. */
export function createSoundCues(audio: GameAudio, me: string): SoundCues {
  let listener = { x: 0, y: 0 };
  const from = (place: { x: number; y: number }) => ({ dx: place.x - listener.x, dy: place.y - listener.y });
  const match = createMatchCues((sound) => audio.play(sound));

  /** Plays the own drone's sounds in the middle and at full volume. */
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
          if (event.shooter !== me) audio.play(WEAPON_LOOKS[event.weapon].sounds.others, from(event));
          return;
        case "spawn":
          return audio.play("spawn", from(event));
        case "pickup":
          return playOf(event.drone, pickupSound(event.kind), event);
        case "flag":
          return audio.play(FLAG_SOUNDS[event.what]);
        case "hill":
          return audio.play("hillMoved");
        case "match":
          return audio.play(event.phase === "live" ? "matchStart" : "matchEnd");
        // The view's cue plays it, when the shell is seen to land.
        case "burst":
          return;
      }
    },
    hearOwnBeam: (weapon) => audio.play(WEAPON_LOOKS[weapon].sounds.own),
    hearCue({ kind, drone, weapon = "blaster", x, y }) {
      const place = { x, y };
      if (kind === "wall") audio.play("wallImpact", from(place));
      else if (kind === "burst") audio.play("burst", from(place));
      else if (kind === "shot") {
        const { own, others } = WEAPON_LOOKS[weapon].sounds;
        playOf(drone, drone === me ? own : others, place);
      } else playOf(drone, kind, place);
    },
  };
}
