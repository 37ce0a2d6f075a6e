/** Renders the table of sounds into audio buffers, once, each at the loudness of its class. */
import { gainTo } from "./loudness.ts";
import { CLASS_OF, SOUND_CLASSES, type SoundClass } from "./soundClasses.ts";
import { SOUNDS, type SoundName } from "./sounds.ts";

export interface BankedSound {
  readonly buffer: AudioBuffer;
  readonly soundClass: SoundClass;
}
export type SoundBank = ReadonlyMap<SoundName, BankedSound>;

/** The samples of one sound at the loudness of its class, and their rate. */
export async function renderSound(name: SoundName): Promise<{ samples: Float32Array; sampleRate: number }> {
  zzfx ??= importZzfx();
  const ZZFX = await zzfx;
  const samples = Float32Array.from(ZZFX.buildSamples(...SOUNDS[name]));
  const gain = gainTo(SOUND_CLASSES[CLASS_OF[name]].db, samples, ZZFX.sampleRate);
  for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] ?? 0) * gain;
  return { samples, sampleRate: ZZFX.sampleRate };
}

export async function renderSoundBank(context: BaseAudioContext): Promise<SoundBank> {
  const bank = new Map<SoundName, BankedSound>();
  for (const name of Object.keys(SOUNDS) as SoundName[]) {
    const { samples, sampleRate } = await renderSound(name);
    const buffer = context.createBuffer(1, samples.length, sampleRate);
    buffer.getChannelData(0).set(samples);
    bank.set(name, { buffer, soundClass: SOUND_CLASSES[CLASS_OF[name]] });
    // All at once would take a phone several frames, when its fight begins.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return bank;
}

let zzfx: ReturnType<typeof importZzfx> | undefined;

/**
 * Imports ZzFX only on the first gesture: the import creates an AudioContext, which browsers refuse earlier and some lack.
 * Closes that context, because Safari requires one that is created inside the gesture, as the player's was.
 */
async function importZzfx() {
  const { ZZFX } = await import("zzfx");
  if (ZZFX.audioContext.state !== "closed") void ZZFX.audioContext.close();
  ZZFX.volume = 1;
  return ZZFX;
}
