/** Every sound of the game as ZzFX parameters; try a line out at https://killedbyapixel.github.io/ZzFX/. */

/**
 * The arguments of ZZFX.buildSamples, in its order:
 * volume, randomness, frequency, attack, sustain, release, shape, shapeCurve, slide, deltaSlide,
 * pitchJump, pitchJumpTime, repeatTime, noise, modulation, bitCrush, delay, sustainVolume, decay, tremolo, filter.
 * A negative filter is a low-pass. With a repeat time, each repeat starts at the pitch that the last jump led to.
 * Randomness stays 0: each sound is synthesised once, and the player varies its pitch.
 */
export type SoundParameters = readonly number[];

// biome-ignore format: one line a sound can be pasted into the ZzFX designer.
export const SOUNDS = {
  // Weapons.
  /** Own shot: a quick falling pluck. */
  fire: [.36, 0, 620, .003, .012, .09, 1, 1.3, -8, 0, 0, 0, 0, 0, 0, 0, 0, .8, .02, 0, -2200],
  /** Another drone's shot: the same, lower and duller. */
  fireFar: [.3, 0, 400, .004, .012, .08, 1, 1.1, -5, 0, 0, 0, 0, 0, 0, 0, 0, .8, .02, 0, -900],
  /** A scatter: a cough of noise with a low thump under it. */
  scatter: [.55, 0, 170, .001, .02, .16, 2, 1, -3, 0, 0, 0, 0, 9, 0, 0, 0, .6, .03, 0, -1500],
  /** A rail: a crack with a long falling ring. */
  rail: [.45, 0, 980, .001, .03, .3, 2, 1.6, -12, 0, 0, 0, 0, .1, 0, 0, .03, .6, .04, 0, -3000],
  /** A mortar is launched: a hollow, rising "tunk". */
  mortar: [.75, 0, 110, .002, .03, .13, 0, 1, 3.4, 0, 0, 0, 0, 0, 0, 0, 0, .5, .05, 0, -900],
  /** A shell lands: deeper and longer than a drone's explosion. */
  burst: [.72, 0, 82, .002, .06, .62, 2, 1, -.12, 0, 0, 0, 0, 26, 0, 0, 0, .5, .12, 0, -330],
  /** A shot on a wall: a dry tick. */
  wallImpact: [.4, 0, 420, .001, .004, .05, 1, 1, -5, 0, 0, 0, 0, 4, 0, 0, 0, .5, .012, 0, -1500],

  // Hits.
  /** Own drone is hit: a dull knock. */
  hit: [.6, 0, 230, .002, .02, .13, 2, 1, -1.8, 0, 0, 0, 0, .4, 0, 0, 0, .6, .02, 0, -500],
  /** The player hits a drone: a small bright tick that cuts through. */
  hitConfirm: [.2, 0, 1180, .002, .014, .05, 0, 1, 0, 0, 390, .02, 0, 0, 0, 0, 0, .8, .01],
  /** A shield takes a shot: glass, not metal. */
  shieldHit: [.34, 0, 1460, .001, .01, .14, 0, 1, -1.5, 0, 0, 0, 0, 0, 40, 0, 0, .5, .03],
  /** A shield breaks: broken glass. */
  shieldBreak: [.5, 0, 1250, .001, .05, .3, 0, 1, -4.5, 0, 0, 0, .028, 1.5, 55, 0, 0, .5, .06],
  /** A drone explodes: a soft boom with a tail of rubble. */
  explode: [.7, 0, 140, .004, .05, .5, 2, 1, -.25, 0, 0, 0, 0, 20, 0, 0, 0, .55, .09, 0, -420],
  /** The player destroys a drone: two notes, a fifth up. */
  kill: [.68, 0, 523.25, .005, .06, .2, 1, 1.2, 0, 0, 261.6, .075, 0, 0, 0, 0, .05, .8, .02],
  /** Health is low: two heartbeats. */
  lowHealth: [1, 0, 74, .004, .035, .09, 0, 1, -.5, 0, 0, 0, 0, 0, 0, 0, .14, .6, .03],

  // Drones.
  /** A drone spawns: a rising breath. */
  spawn: [.6, 0, 196, .04, .07, .2, 0, 1, 2.2, 0, 0, 0, 0, 0, 0, 0, .06, .6, .04],
  /** A dash: a rush of air. */
  dash: [.34, 0, 320, .012, .03, .13, 4, 1, 4, 0, 0, 0, 0, 0, 0, 0, 0, .6, .03, 0, -1800],

  // Pickups: all begin alike and end differently.
  /** Health: three soft steps up. */
  pickupHealth: [.42, 0, 392, .006, .08, .16, 0, 1, 0, 0, 98, .055, .06, 0, 0, 0, 0, .7, .02],
  /** Shield: a bell that swells. */
  pickupShield: [.6, 0, 659, .03, .07, .26, 0, 1, 0, 0, 0, 0, 0, 0, 6, 0, .07, .6, .03],
  /** A weapon: a latch that closes. */
  pickupWeapon: [.6, 0, 294, .002, .022, .09, 1, 1, 0, 0, 294, .035, 0, .3, 0, 0, .06, .6, .02, 0, -2600],
  /** Haste: the start of a siren. */
  pickupHaste: [.36, 0, 440, .01, .12, .16, 1, 1, 6, 0, 0, 0, .055, 0, 0, 0, 0, .7, .03, 0, -3200],
  /** Overcharge: a coil that winds up. */
  pickupOvercharge: [.42, 0, 98, .03, .2, .24, 2, 1, 3.4, 0, 0, 0, 0, 0, 18, 0, 0, .8, .04, .3, -1800],

  // The match.
  /** A flag is taken: two notes of alarm. */
  flagTaken: [.5, 0, 587, .004, .09, .12, 1, 1, 0, 0, -147, .11, 0, 0, 0, 0, 0, .8, .02, 0, -2600],
  /** A flag is dropped: a sinking note. */
  flagDropped: [.46, 0, 440, .006, .06, .22, 1, 1, -2.2, 0, 0, 0, 0, 0, 0, 0, 0, .7, .03, 0, -1800],
  /** A flag returns home: a calm fourth up. */
  flagReturned: [.7, 0, 392, .006, .09, .24, 0, 1, 0, 0, 131, .09, 0, 0, 0, 0, .07, .8, .02],
  /** A flag is captured: a small fanfare. */
  flagCaptured: [.6, 0, 392, .006, .34, .4, 1, 1.1, 0, 0, 98, .145, .15, 0, 0, 0, .09, .8, .02, 0, -3200],
  /** A second on the hill scores a point. */
  hillPoint: [.2, 0, 784, .003, .012, .09, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, .7, .01],
  /** The hill changes hands. */
  hillChanged: [.42, 0, 330, .01, .07, .2, 1, 1, 0, 0, 110, .08, 0, 0, 0, 0, 0, .8, .02, 0, -2000],
  /** The hill moves: a gong. */
  hillMoved: [.5, 0, 165, .004, .1, .6, 0, 1.4, 0, 0, 0, 0, 0, 0, 3, 0, 0, .5, .1],
  /** One second of the countdown. */
  countdown: [.4, 0, 440, .003, .05, .08, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, .8, .01, 0, -2400],
  /** The match begins: the same, an octave up and longer. */
  matchStart: [.75, 0, 880, .003, .16, .32, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, .06, .8, .02, 0, -3600],
  /** The match ends: three falling notes. */
  matchEnd: [.55, 0, 659, .005, .44, .5, 0, 1.1, 0, 0, -110, .24, .25, 0, 0, 0, .11, .8, .03],

  // The page.
  /** A button is pressed. */
  click: [.2, 0, 780, .001, .006, .03, 1, 1, -7, 0, 0, 0, 0, 0, 0, 0, 0, .8, .005],
} as const satisfies Record<string, SoundParameters>;

export type SoundName = keyof typeof SOUNDS;
