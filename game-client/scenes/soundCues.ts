/** Plays the sound of each event and cue, panned by its place. */
import type { GameAudio, Manner } from "#client/audio/player.ts";
import type { SoundName } from "#client/audio/sounds.ts";
import type { Cue } from "#client/render/shown.ts";
import { WEAPON_LOOKS } from "#client/weaponLooks.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { type HitscanName, isSpecial, type PickupName, type SpecialName } from "#shared/tuning.ts";
import { createFeatCues } from "./featCues.ts";
import { createFightMood, type MoodState } from "./fightMood.ts";
import { createMatchCues, type HeardState } from "./matchCues.ts";

/** The part of the room's state that is heard. */
export interface SoundState extends HeardState, MoodState {
  readonly flags: { get(team: string): { readonly x: number; readonly y: number } | undefined };
}

export interface SoundCues {
  /** Moves the listener, in world px. */
  listenAt(place: { x: number; y: number }): void;
  /** Call once a frame: plays the sounds that follow from the state and not from an event. */
  watch(state: SoundState, own: { readonly hp: number; readonly team: number }): void;
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

type FlagEvent = Extract<SimEvent, { type: "flag" }>;

/** The sound of each flag event, by the side whose flag it is. */
const FLAG_SOUNDS: Readonly<
  Record<FlagEvent["what"], { readonly ours: SoundName; readonly theirs: SoundName }>
> = {
  taken: { ours: "ourFlagTaken", theirs: "theirFlagTaken" },
  dropped: { ours: "ourFlagDropped", theirs: "theirFlagDropped" },
  returned: { ours: "ourFlagReturned", theirs: "theirFlagReturned" },
  captured: { ours: "flagLost", theirs: "flagScored" },
};

/** `me` is the id of the player's drone. */
export function createSoundCues(audio: GameAudio, me: string): SoundCues {
  let listener = { x: 0, y: 0 };
  const from = (place: { x: number; y: number }) => ({ dx: place.x - listener.x, dy: place.y - listener.y });
  let watched: { readonly state: SoundState; readonly team: number } | undefined;
  const everywhere = (sound: SoundName, manner?: Manner) => audio.play(sound, undefined, manner);
  const match = createMatchCues(everywhere, me);
  const hearFeat = createFeatCues(everywhere, me, () => performance.now());
  const mood = createFightMood();

  /** Plays the own drone's sounds in the middle and at full volume. */
  const playOf = (drone: string, sound: SoundName, place: { x: number; y: number }) =>
    audio.play(sound, drone === me ? undefined : from(place));

  const note = (what: Parameters<typeof mood.note>[0], { x, y }: { x: number; y: number }) =>
    mood.note(what, Math.hypot(x - listener.x, y - listener.y));

  const hearHit = ({ victim, shooter }: Extract<SimEvent, { type: "hit" }>) => {
    if (victim !== me && shooter !== me) return;
    mood.note("hit");
    audio.play(victim === me ? "hit" : "hitConfirm");
  };

  const hearKill = ({ victim, killer }: Extract<SimEvent, { type: "kill" }>) => {
    if (victim === me) mood.note("death");
    else if (killer === me) {
      mood.note("kill");
      audio.play("kill");
    }
  };

  const hearFlag = ({ what, team }: FlagEvent) => {
    const flag = what === "captured" ? undefined : watched?.state.flags.get(String(team));
    const { ours, theirs } = FLAG_SOUNDS[what];
    everywhere(team === watched?.team ? ours : theirs, flag && { towards: from(flag) });
  };

  return {
    listenAt(place) {
      listener = place;
    },
    watch(state, own) {
      if (watched?.state !== state || watched.team !== own.team) watched = { state, team: own.team };
      match.update(state, own);
      mood.update(state, own.hp);
      audio.arena.follow(mood);
    },
    hear(event) {
      switch (event.type) {
        case "hit":
          return hearHit(event);
        case "explode":
          note("explosion", event);
          return audio.play("explode", from(event));
        case "kill":
          return hearKill(event);
        case "feat":
          return hearFeat(event);
        case "beam":
          note("shot", event);
          if (event.shooter !== me) audio.play(WEAPON_LOOKS[event.weapon].sounds.others, from(event));
          return;
        case "spawn":
          return audio.play("spawn", from(event));
        case "pickup":
          return playOf(event.drone, pickupSound(event.kind), event);
        case "flag":
          return hearFlag(event);
        case "hill":
          return everywhere("hillMoved", { towards: from(event) });
        case "match":
          // How it ended follows from the state.
          if (event.phase === "live") audio.play("matchStart");
          return;
        case "ping":
          return everywhere("ping", { towards: from(event) });
        // An emote is silent.
        case "emote":
          return;
        // The view's cue plays it, when the shell is seen to land.
        case "burst":
          return;
      }
    },
    hearOwnBeam: (weapon) => audio.play(WEAPON_LOOKS[weapon].sounds.own),
    hearCue({ kind, drone, weapon = "blaster", x, y }) {
      const place = { x, y };
      if (kind === "shot" || kind === "burst") note(kind === "shot" ? "shot" : "explosion", place);
      if (kind === "wall") audio.play("wallImpact", from(place));
      else if (kind === "burst") audio.play("burst", from(place));
      else if (kind === "shot") {
        const { own, others } = WEAPON_LOOKS[weapon].sounds;
        playOf(drone, drone === me ? own : others, place);
      } else playOf(drone, kind, place);
    },
  };
}
