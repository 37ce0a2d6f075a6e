/** Exports the arena's music and ambience as one chunk, which loads with the arena. */
export { playAmbience } from "./ambienceLoop.ts";
export { createFightPiece } from "./fightScore.ts";
