/** Every sound of the game as ZzFX parameters; try a line out at https://killedbyapixel.github.io/ZzFX/. */

/**
 * In the order of ZZFX.buildSamples:
 * volume, randomness, frequency, attack, sustain, release, shape, shapeCurve, slide, deltaSlide,
 * pitchJump, pitchJumpTime, repeatTime, noise, modulation, bitCrush, delay, sustainVolume, decay, tremolo, filter
 * (a negative filter lets the low through). Randomness stays 0: samples are made once, the player varies the pitch.
 */
export type SoundParameters = readonly number[];

// biome-ignore format: one line a sound can be pasted into the ZzFX designer.
export const SOUNDS = {
  /** Own shot: a quick falling pluck. */
  fire: [.36, 0, 620, .003, .012, .09, 1, 1.3, -8, 0, 0, 0, 0, 0, 0, 0, 0, .8, .02, 0, -2200],
  /** Somebody else's shot: the same, lower and duller. */
  fireFar: [.3, 0, 400, .004, .012, .08, 1, 1.1, -5, 0, 0, 0, 0, 0, 0, 0, 0, .8, .02, 0, -900],
  /** A rail: a crack with a long falling ring. */
  rail: [.45, 0, 980, .001, .03, .3, 2, 1.6, -12, 0, 0, 0, 0, .1, 0, 0, .03, .6, .04, 0, -3000],
  /** A shot on a wall: a dry tick. */
  wallImpact: [.4, 0, 420, .001, .004, .05, 1, 1, -5, 0, 0, 0, 0, 4, 0, 0, 0, .5, .012, 0, -1500],
  /** Own drone is hit: a dull knock that is felt before it is heard. */
  hit: [.6, 0, 230, .002, .02, .13, 2, 1, -1.8, 0, 0, 0, 0, .4, 0, 0, 0, .6, .02, 0, -500],
  /** I hit somebody: a small bright tick that cuts through. */
  hitConfirm: [.2, 0, 1180, .002, .014, .05, 0, 1, 0, 0, 390, .02, 0, 0, 0, 0, 0, .8, .01],
  /** A drone goes up: a soft boom with a tail of rubble. */
  explode: [.7, 0, 140, .004, .05, .5, 2, 1, -.25, 0, 0, 0, 0, 20, 0, 0, 0, .55, .09, 0, -420],
  /** I destroyed somebody: two notes, a fifth up. */
  kill: [.68, 0, 523.25, .005, .06, .2, 1, 1.2, 0, 0, 261.6, .075, 0, 0, 0, 0, .05, .8, .02],
  /** A drone arrives: a breath upwards. */
  spawn: [.6, 0, 196, .04, .07, .2, 0, 1, 2.2, 0, 0, 0, 0, 0, 0, 0, .06, .6, .04],
  /** A button. */
  click: [.2, 0, 780, .001, .006, .03, 1, 1, -7, 0, 0, 0, 0, 0, 0, 0, 0, .8, .005],
} as const satisfies Record<string, SoundParameters>;

export type SoundName = keyof typeof SOUNDS;
