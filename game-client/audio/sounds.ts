/** Every sound of the game as ZzFX parameters; try a line out at https://killedbyapixel.github.io/ZzFX/. */

/**
 * The arguments of ZZFX.buildSamples, in its order:
 * volume, randomness, frequency, attack, sustain, release, shape, shapeCurve, slide, deltaSlide,
 * pitchJump, pitchJumpTime, repeatTime, noise, modulation, bitCrush, delay, sustainVolume, decay, tremolo, filter.
 * A negative filter is a low-pass. With a repeat time, each repeat starts at the pitch that the last jump led to.
 * Volume stays 1: soundClasses.ts sets how loud each sound is. Randomness stays 0: each sound is synthesised once, and the
 * player varies its pitch.
 */
export type SoundParameters = readonly number[];

// biome-ignore format: one line a sound can be pasted into the ZzFX designer.
export const SOUNDS = {
  // Weapons.
  /** Own shot: a quick falling pluck. */
  fire: [1, 0, 620, .003, .012, .09, 1, 1.3, -8, 0, 0, 0, 0, 0, 0, 0, 0, .8, .02, 0, -2200],
  /** Another drone's shot: the same, lower and duller. */
  fireFar: [1, 0, 400, .004, .012, .08, 1, 1.1, -5, 0, 0, 0, 0, 0, 0, 0, 0, .8, .02, 0, -900],
  /** A scatter: a cough of noise with a low thump under it. */
  scatter: [1, 0, 170, .001, .02, .16, 2, 1, -3, 0, 0, 0, 0, 9, 0, 0, 0, .6, .03, 0, -1500],
  /** Another drone's scatter: duller, as all shots of others are. */
  scatterFar: [1, 0, 140, .001, .02, .16, 2, 1, -3, 0, 0, 0, 0, 9, 0, 0, 0, .6, .03, 0, -950],
  /** A rail: a crack with a long falling ring. */
  rail: [1, 0, 980, .001, .03, .3, 2, 1.6, -12, 0, 0, 0, 0, .1, 0, 0, .03, .6, .04, 0, -3000],
  /** Another drone's rail. */
  railFar: [1, 0, 740, .001, .03, .3, 2, 1.6, -12, 0, 0, 0, 0, .1, 0, 0, .03, .6, .04, 0, -1500],
  /** A mortar is launched: a hollow, rising "tunk". */
  mortar: [1, 0, 110, .002, .03, .13, 0, 1, 3.4, 0, 0, 0, 0, 0, 0, 0, 0, .5, .05, 0, -900],
  /** Another drone's mortar. */
  mortarFar: [1, 0, 96, .002, .03, .13, 0, 1, 3.4, 0, 0, 0, 0, 0, 0, 0, 0, .5, .05, 0, -600],
  /** A shell is about to land here: a falling whistle. */
  incoming: [1, 0, 1500, .02, .2, .14, 0, 1, -3.4, 0, 0, 0, 0, 0, 9, 0, 0, .9, .02],
  /** A shell lands: deeper and longer than a drone's explosion. */
  burst: [1, 0, 82, .002, .06, .62, 2, 1, -.12, 0, 0, 0, 0, 26, 0, 0, 0, .5, .12, 0, -330],
  /** A shot on a wall: a dry tick. */
  wallImpact: [1, 0, 420, .001, .004, .05, 1, 1, -5, 0, 0, 0, 0, 4, 0, 0, 0, .5, .012, 0, -1500],

  // Hits.
  /** Own drone is hit: a knock with a rattle of loose metal, which alarms without being loud. */
  hit: [1, 0, 196, .001, .03, .16, 2, 1.2, -2.5, 0, 0, 0, .035, .6, 0, 0, .03, .6, .03, .4, -1500],
  /** The player hits a drone: a small bright tick that cuts through. */
  hitConfirm: [1, 0, 1180, .002, .014, .05, 0, 1, 0, 0, 390, .02, 0, 0, 0, 0, 0, .8, .01],
  /** A shield takes a shot: glass, not metal. */
  shieldHit: [1, 0, 1460, .001, .01, .14, 0, 1, -1.5, 0, 0, 0, 0, 0, 40, 0, 0, .5, .03],
  /** A shield breaks: broken glass. */
  shieldBreak: [1, 0, 1250, .001, .05, .3, 0, 1, -4.5, 0, 0, 0, .028, 1.5, 55, 0, 0, .5, .06],
  /** A drone explodes: a soft boom with a tail of rubble. */
  explode: [1, 0, 140, .004, .05, .5, 2, 1, -.25, 0, 0, 0, 0, 20, 0, 0, 0, .55, .09, 0, -420],
  /** The player destroys a drone: two notes, a fifth up. */
  kill: [1, 0, 523.25, .005, .06, .2, 1, 1.2, 0, 0, 261.6, .075, 0, 0, 0, 0, .05, .8, .02],
  /** Health is low: two heartbeats. */
  lowHealth: [1, 0, 74, .004, .035, .09, 0, 1, -.5, 0, 0, 0, 0, 0, 0, 0, .14, .6, .03],

  // Drones.
  /** A drone spawns: a rising breath. */
  spawn: [1, 0, 196, .04, .07, .2, 0, 1, 2.2, 0, 0, 0, 0, 0, 0, 0, .06, .6, .04],
  /** A dash: a rush of air. */
  dash: [1, 0, 320, .012, .03, .13, 4, 1, 4, 0, 0, 0, 0, 0, 0, 0, 0, .6, .03, 0, -1800],

  // Pickups: all begin alike and end differently.
  /** Health: three soft steps up. */
  pickupHealth: [1, 0, 392, .006, .08, .16, 0, 1, 0, 0, 98, .055, .06, 0, 0, 0, 0, .7, .02],
  /** Shield: a bell that swells. */
  pickupShield: [1, 0, 659, .03, .07, .26, 0, 1, 0, 0, 0, 0, 0, 0, 6, 0, .07, .6, .03],
  /** A weapon: a latch that closes. */
  pickupWeapon: [1, 0, 294, .002, .022, .09, 1, 1, 0, 0, 294, .035, 0, .3, 0, 0, .06, .6, .02, 0, -2600],
  /** Haste: the start of a siren. */
  pickupHaste: [1, 0, 440, .01, .12, .16, 1, 1, 6, 0, 0, 0, .055, 0, 0, 0, 0, .7, .03, 0, -3200],
  /** Overcharge: a coil that winds up. */
  pickupOvercharge: [1, 0, 98, .03, .2, .24, 2, 1, 3.4, 0, 0, 0, 0, 0, 18, 0, 0, .8, .04, .3, -1800],

  // The match.
  /** An enemy takes our flag: two notes of alarm, twice. */
  ourFlagTaken: [1, 0, 587, .004, .3, .12, 1, 1, 0, 0, -147, .09, .2, 0, 0, 0, 0, .8, .02, 0, -2600],
  /** Our flag lies out there: a hollow fourth up. */
  ourFlagDropped: [1, 0, 294, .006, .08, .2, 1, 1, 0, 0, 98, .09, 0, 0, 0, 0, .06, .7, .02, 0, -1900],
  /** Our flag is home again: a calm fourth up. */
  ourFlagReturned: [1, 0, 392, .006, .09, .24, 0, 1, 0, 0, 131, .09, 0, 0, 0, 0, .07, .8, .02],
  /** We take their flag: two quick notes up. */
  theirFlagTaken: [1, 0, 494, .004, .09, .14, 1, 1, 0, 0, 165, .08, 0, 0, 0, 0, .05, .8, .02, 0, -3000],
  /** We drop their flag: a sinking note. */
  theirFlagDropped: [1, 0, 440, .006, .06, .22, 1, 1, -2.2, 0, 0, 0, 0, 0, 0, 0, 0, .7, .03, 0, -1800],
  /** Their flag is home again: the calm fourth, downwards. */
  theirFlagReturned: [1, 0, 523, .006, .09, .24, 0, 1, 0, 0, -131, .09, 0, 0, 0, 0, .07, .8, .02],
  /** We capture their flag: a small fanfare. */
  flagScored: [1, 0, 392, .006, .34, .4, 1, 1.1, 0, 0, 98, .145, .15, 0, 0, 0, .09, .8, .02, 0, -3200],
  /** They capture ours: the fanfare, falling and dull. */
  flagLost: [1, 0, 392, .006, .34, .4, 1, 1.1, 0, 0, -66, .145, .15, 0, 0, 0, .09, .8, .02, 0, -1300],
  /** A second on the hill scores a point. */
  hillPoint: [1, 0, 784, .003, .012, .09, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, .7, .01],
  /** Our team takes the hill: a third up. */
  hillOurs: [1, 0, 330, .01, .07, .2, 1, 1, 0, 0, 110, .08, 0, 0, 0, 0, 0, .8, .02, 0, -2400],
  /** The other team takes the hill: a tritone down. */
  hillTheirs: [1, 0, 330, .01, .07, .24, 1, 1, 0, 0, -97, .08, 0, 0, 0, 0, 0, .8, .02, 0, -1400],
  /** The hill moves: a gong. */
  hillMoved: [1, 0, 165, .004, .1, .6, 0, 1.4, 0, 0, 0, 0, 0, 0, 3, 0, 0, .5, .1],
  /** One second of the countdown. */
  countdown: [1, 0, 440, .003, .05, .08, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, .8, .01, 0, -2400],
  /** The match begins: the same, an octave up and longer. */
  matchStart: [1, 0, 880, .003, .16, .32, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, .06, .8, .02, 0, -3600],
  /** The match ends, for those who only watch: one open fifth. */
  matchEnd: [1, 0, 440, .01, .22, .6, 0, 1.1, 0, 0, 220, .2, 0, 0, 0, 0, .11, .8, .03],
  /** We win: a fanfare of four rising notes. */
  victory: [1, 0, 392, .006, .56, .7, 1, 1.1, 0, 0, 131, .15, .16, 0, 0, 0, .12, .85, .02, 0, -3600],
  /** We lose: three falling notes. */
  defeat: [1, 0, 440, .01, .5, .7, 1, 1.2, 0, 0, -88, .24, .25, 0, 0, 0, .12, .8, .04, 0, -1100],
  /** Nobody wins: two notes to and fro. */
  draw: [1, 0, 440, .008, .5, .5, 0, 1.1, 0, 0, 0, 0, .25, 0, 2, 0, .11, .8, .03, .35],

  // Feats of the player, played after the kill's own sound; a higher value raises their pitch.
  /** Another finishes what the player began: one soft note. */
  assist: [1, 0, 659, .01, .03, .16, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, .05, .7, .02, 0, -2400],
  /** Kills in quick succession: a double strike. */
  multiKill: [1, 0, 587, .003, .12, .18, 1, 1.2, 0, 0, 0, 0, .08, 0, 0, 0, .04, .8, .02, 0, -3600],
  /** Kills in one life: a run upwards. */
  streak: [1, 0, 440, .003, .2, .24, 1, 1.2, 0, 0, 110, .06, .065, 0, 0, 0, .06, .8, .02, 0, -3800],
  /** The killer is killed: a low growl that snaps up. */
  revenge: [1, 0, 220, .004, .12, .2, 2, 1.2, 0, 0, 330, .11, 0, 0, 0, 0, .05, .8, .02, 0, -2600],
  /** The leader falls: coins. */
  bounty: [1, 0, 988, .002, .07, .28, 0, 1, 0, 0, 330, .07, 0, 0, 0, 0, .05, .7, .02],
  /** A flag or a hill is saved: a chord that closes. */
  save: [1, 0, 523, .004, .12, .26, 0, 1.2, 0, 0, 131, .06, .13, 0, 0, 0, .07, .8, .02],
  /** Another player is on a long streak: a dark bell. */
  streakFar: [1, 0, 247, .004, .06, .4, 0, 1.3, 0, 0, 0, 0, 0, 0, 4, 0, .08, .6, .05],

  // The page.
  /** A team mate points at a place: two soft taps of a bell. */
  ping: [1, 0, 880, .004, .02, .14, 0, 1, 0, 0, 294, .07, 0, 0, 0, 0, 0, .6, .02, 0, -3000],
  /** A line of chat: a soft drop. */
  chat: [1, 0, 620, .004, .01, .07, 0, 1, 3, 0, 0, 0, 0, 0, 0, 0, 0, .7, .01],
  /** A button is pressed. */
  click: [1, 0, 780, .001, .006, .03, 1, 1, -7, 0, 0, 0, 0, 0, 0, 0, 0, .8, .005],
} as const satisfies Record<string, SoundParameters>;

export type SoundName = keyof typeof SOUNDS;
