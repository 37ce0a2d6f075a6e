/** The error for a map that is refused: its name, the place in it, and the problem there. */
export class ArenaError extends Error {
  constructor(mapName: string, where: string, problem: string) {
    super(`map "${mapName}", ${where}: ${problem}`);
    this.name = "ArenaError";
  }
}
