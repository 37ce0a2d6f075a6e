/** Why a map is refused: which map, where in it, and what is wrong there. */

export class ArenaError extends Error {
  constructor(mapName: string, where: string, problem: string) {
    super(`map "${mapName}", ${where}: ${problem}`);
    this.name = "ArenaError";
  }
}
