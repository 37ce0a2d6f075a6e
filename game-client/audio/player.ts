/** Plays the game's sounds, and owns the preference whether it does. */
import { pageMemory } from "#client/storage.ts";
import { createMixer, type Mixer } from "./mixer.ts";
import { AT_LISTENER, type Offset, placeSound } from "./placement.ts";
import { renderSoundBank, type SoundBank } from "./soundBank.ts";
import type { SoundName } from "./sounds.ts";

const MUTED_KEY = "fracas.muted";
/** The same sound again within this time adds loudness, not information. */
const REPEAT_MS = 28;

export interface GameAudio {
  /** Without `at` it is the listener's own. Silent while muted, before unlock() and where audio does not exist. */
  play(sound: SoundName, at?: Offset): void;
  /** Remembered for the next visit. */
  setMuted(muted: boolean): void;
  muted(): boolean;
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
  const lastPlayedAt = new Map<SoundName, number>();

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
    },
    muted: () => isMuted,
    unlock() {
      output ??= openOutput(isMuted);
      // A phone call, or another page, may have put it to sleep again.
      if (output && output.context.state !== "running") void output.context.resume().catch(ignore);
    },
  };
}

/** `undefined` where there is no audio, or not yet a gesture that allows it. */
function openOutput(muted: boolean): Output | undefined {
  if (typeof AudioContext === "undefined" || navigator.userActivation?.hasBeenActive === false)
    return undefined;
  try {
    const context = new AudioContext({ latencyHint: "interactive" });
    const output: Output = { context, mixer: createMixer(context, muted), bank: new Map() };
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
