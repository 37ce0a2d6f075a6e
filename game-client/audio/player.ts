/** Plays the game's sounds and its music, and owns the preference whether it does. */
import { pageMemory } from "#client/storage.ts";
import { createMixer, type Mixer, type VolumeGroup, type Volumes } from "./mixer.ts";
import { type Music, type Player, playPiece } from "./music.ts";
import { AT_LISTENER, type Offset, placeSound } from "./placement.ts";
import { renderSoundBank, type SoundBank } from "./soundBank.ts";
import type { SoundName } from "./sounds.ts";

const MUTED_KEY = "fracas.muted";
/** The same sound again within this time adds loudness, not information. */
const REPEAT_MS = 28;
const DEFAULT_VOLUMES: Volumes = { effects: 1, music: 0.7 };

export interface GameAudio {
  /** Without `at` it is the listener's own. Silent while muted, before unlock() and where audio does not exist. */
  play(sound: SoundName, at?: Offset): void;
  /** Remembered for the next visit. */
  setMuted(muted: boolean): void;
  muted(): boolean;
  /** 0 … 1; not remembered here. */
  setVolume(group: VolumeGroup, volume: number): void;
  /** The menu's piece. What is started before unlock() is heard after it. */
  readonly music: Music;
  /** To be called in the handler of a press of a key or a pointer, the only place where browsers let audio start. */
  unlock(): void;
}

interface Output {
  context: AudioContext;
  mixer: Mixer;
  /** Empty until rendered. */
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
  /** Silence is not scheduled: a muted page costs nothing. */
  const followMusic = () => {
    const sounds = wantsMusic && !isMuted && output !== undefined;
    if (sounds && !piece && output) piece = playPiece(output.context, output.mixer.music);
    if (sounds || !piece) return;
    piece.stop();
    piece = undefined;
  };
  const wantMusic = (wanted: boolean) => {
    wantsMusic = wanted;
    followMusic();
  };

  return {
    play(sound, at) {
      // While the context sleeps, sounds would pile up and all be heard when it wakes.
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
      start: () => wantMusic(true),
      stop: () => wantMusic(false),
      setVolume: (volume) => setVolume("music", volume),
    },
    unlock() {
      output ??= openOutput(isMuted, volumes);
      // A phone call, or another page, may have put it to sleep again.
      if (output && output.context.state !== "running") void output.context.resume().catch(ignore);
      followMusic();
    },
  };
}

/** `undefined` where there is no audio, or not yet a gesture that allows it. */
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

/** The game is whole without sound; nobody can act on the reason. */
function ignore(): void {}
