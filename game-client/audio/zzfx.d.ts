/** Types of the part of zzfx that the game uses; the package has none. */
declare module "zzfx" {
  /** Importing the module creates an AudioContext, and throws where the browser has none. */
  export const ZZFX: {
    /** Scales every sample that buildSamples makes. */
    volume: number;
    sampleRate: number;
    audioContext: AudioContext;
    /** Parameters in the order of sounds.ts. */
    buildSamples(...parameters: readonly number[]): number[];
  };
}
