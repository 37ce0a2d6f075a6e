/** The part of zzfx that we use; the package has no types of its own. */
declare module "zzfx" {
  /** Importing the module makes an AudioContext, which throws where there is none. */
  export const ZZFX: {
    /** Scales every sample that buildSamples makes. */
    volume: number;
    sampleRate: number;
    audioContext: AudioContext;
    /** Parameters in the order of sounds.ts. */
    buildSamples(...parameters: readonly number[]): number[];
  };
}
