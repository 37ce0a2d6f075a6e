/** What sounds all the time in an arena: its music and its ambience. A chunk of its own, which loads with the arena. */
export { playAmbience } from "./ambienceLoop.ts";
export { createFightPiece } from "./fightScore.ts";
