/** Where the rooms of this process record to. Nowhere until it is provided. */
import type { OpenTape } from "./tape.ts";

let provided: OpenTape | undefined;

/** Called once when the process starts; rooms are created by Colyseus, which hands them nothing. */
export function provideTapes(open: OpenTape | undefined): void {
  provided = open;
}

export const tapes = (): OpenTape | undefined => provided;
