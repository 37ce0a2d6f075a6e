/** Renders the table of sounds into buffers, once. */
import { SOUNDS, type SoundName, type SoundParameters } from "./sounds.ts";

export type SoundBank = ReadonlyMap<SoundName, AudioBuffer>;

/**
 * ZzFX is loaded only here and now: importing it makes an AudioContext, which browsers refuse before the first gesture
 * and some do not have. That context is closed again; ours was made inside the gesture, as Safari demands.
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
  }
  return bank;
}
