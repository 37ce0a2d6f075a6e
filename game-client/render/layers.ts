/** What lies over what: the depth of every kind of thing in the arena, with bushes and pickups left room. */

export const LAYER = {
  underlay: -30,
  floor: -20,
  scorch: -10,
  pickup: 0,
  shadow: 10,
  thruster: 20,
  hull: 30,
  barrel: 31,
  rim: 32,
  bush: 40,
  smoke: 45,
  selfHull: 50,
  selfBarrel: 51,
  selfRim: 52,
  shot: 60,
  spark: 61,
  tag: 70,
  veil: 90,
} as const;
