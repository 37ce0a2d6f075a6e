import { describeFault } from "./describeFault.ts";
import type { Fault } from "./fault.ts";

/** The error for a map that is refused; its message names the map, the place in it and the problem there. */
export class ArenaError extends Error {
  readonly fault: Fault;

  constructor(mapName: string, fault: Fault) {
    super(describeFault(fault, mapName));
    this.name = "ArenaError";
    this.fault = fault;
  }
}
