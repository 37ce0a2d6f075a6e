/**
 * Drawing order: the depth of every kind of object in the arena. Additive and normal blending have separate depths,
 * because each switch between them costs a draw call.
 */

export const LAYER = {
  floor: -20,
  /** Lights of the place, additive, over the floor and the ground under bushes. */
  glow: -17,
  hill: -15,
  scorch: -10,
  markShadow: -6,
  mark: -5,
  pickup: 0,
  flag: 5,
  shadow: 10,
  thruster: 20,
  hull: 30,
  barrel: 31,
  rim: 32,
  aura: 33,
  carried: 34,
  bush: 40,
  smoke: 45,
  selfHull: 50,
  selfBarrel: 51,
  selfRim: 52,
  selfAura: 53,
  selfCarried: 54,
  shot: 60,
  spark: 61,
  shell: 65,
  tag: 70,
  aim: 80,
  veil: 90,
} as const;
