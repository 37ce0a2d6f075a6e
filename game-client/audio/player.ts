/** Plays sounds and music, and stores whether they are muted. */
import { pageMemory } from "#client/storage.ts";
import { createMixer, type Mixer, type VolumeGroup, type Volumes } from "./mixer.ts";
import { type Music, type Player, playPiece } from "./music.ts";
import { AT_LISTENER, type Offset, placeSound } from "./placement.ts";
import { renderSoundBank, type SoundBank } from "./soundBank.ts";
import type { SoundName } from "./sounds.ts";

const MUTED_KEY = "fracas.muted";
/** A sound is not repeated within this time: it would add loudness but no information. */
const REPEAT_MS = 28;
const DEFAULT_VOLUMES: Volumes = { effects: 1, music: 0.7 };

export interface GameAudio {
  /** Without `at`, plays at the listener. Silent while muted, before unlock() and where audio does not exist. */
  play(sound: SoundName, at?: Offset): void;
  /** Stored for the next visit. */
  setMuted(muted: boolean): void;
  muted(): boolean;
  /** `volume` is 0 to 1; it is not stored here. */
  setVolume(group: VolumeGroup, volume: number): void;
  /** The menu music. If started before unlock(), it begins to sound then. */
  readonly music: Music;
  /** Call in the handler of a key or pointer press, where alone browsers let audio start. */
  unlock(): void;
}

interface Output {
  context: AudioContext;
  mixer: Mixer;
  /** Empty until the sounds are rendered. */
  bank: SoundBank;
}

export function createAudio(): GameAudio {
  let isMuted = pageMemory.recall(MUTED_KEY) === "true";
  let output: Output | undefined;
  let volumes = DEFAULT_VOLUMES;
  let wantsMusic = false;
  let piece: Player | undefined;
  const lastPlayedAt = new Map<SoundName, number>();

  const setVolume = (group: VolumeGroup, volume: number) => {
    volumes = { ...volumes, [group]: volume };
    output?.mixer.setVolume(group, volume);
  };
  /** Starts or stops the music; a muted page schedules no notes. */
  const followMusic = () => {
    const shouldPlay = wantsMusic && !isMuted && output !== undefined;
    if (shouldPlay && !piece && output) piece = playPiece(output.context, output.mixer.music);
    if (shouldPlay || !piece) return;
    piece.stop();
    piece = undefined;
  };
  const requestMusic = (isWanted: boolean) => {
    wantsMusic = isWanted;
    followMusic();
  };

  return {
    play(sound, at) {
      // A suspended context would queue sounds and play them all at once on resuming.
      if (isMuted || output?.context.state !== "running") return;
      const placement = at ? placeSound(at) : AT_LISTENER;
      const buffer = output.bank.get(sound);
      const now = performance.now();
      if (!placement || !buffer || now - (lastPlayedAt.get(sound) ?? 0) < REPEAT_MS) return;
      lastPlayedAt.set(sound, now);
      output.mixer.start(buffer, placement);
    },
    setMuted(muted) {
      isMuted = muted;
      pageMemory.remember(MUTED_KEY, String(muted));
      output?.mixer.setMuted(muted);
      followMusic();
    },
    muted: () => isMuted,
    setVolume,
    music: {
      start: () => requestMusic(true),
      stop: () => requestMusic(false),
      setVolume: (volume) => setVolume("music", volume),
    },
    unlock() {
      output ??= openOutput(isMuted, volumes);
      // A phone call or another page may have suspended it again.
      if (output && output.context.state !== "running") void output.context.resume().catch(ignore);
      followMusic();
    },
  };
}

/** Undefined where audio does not exist, or before the gesture that permits it. */
function openOutput(muted: boolean, volumes: Volumes): Output | undefined {
  if (typeof AudioContext === "undefined" || navigator.userActivation?.hasBeenActive === false)
    return undefined;
  try {
    const context = new AudioContext({ latencyHint: "interactive" });
    const output: Output = { context, mixer: createMixer(context, muted, volumes), bank: new Map() };
    renderSoundBank(context).then((bank) => {
      output.bank = bank;
    }, ignore);
    return output;
  } catch {
    return undefined;
  }
}

/** The game works without sound, and the player cannot act on the reason. */
function ignore(): void {}
