/** Renders the table of sounds into audio buffers, once. */
import { SOUNDS, type SoundName, type SoundParameters } from "./sounds.ts";

export type SoundBank = ReadonlyMap<SoundName, AudioBuffer>;

/**
 * Imports ZzFX only on the first gesture: the import creates an AudioContext, which browsers refuse earlier and some lack.
 * Closes that context, because Safari requires one that is created inside the gesture, as `context` was.
 */
export async function renderSoundBank(context: BaseAudioContext): Promise<SoundBank> {
  const { ZZFX } = await import("zzfx");
  if (ZZFX.audioContext.state !== "closed") void ZZFX.audioContext.close();
  ZZFX.volume = 1;
  const bank = new Map<SoundName, AudioBuffer>();
  for (const [name, parameters] of Object.entries(SOUNDS) as [SoundName, SoundParameters][]) {
    const samples = ZZFX.buildSamples(...parameters);
    const buffer = context.createBuffer(1, samples.length, ZZFX.sampleRate);
    buffer.getChannelData(0).set(samples);
    bank.set(name, buffer);
    // All at once would take a phone several frames, when its fight begins.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return bank;
}
