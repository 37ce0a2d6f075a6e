/** The rooms of a server without Colyseus, and what they need of their worlds. */
import type { CommandQueue } from "./commandQueue.ts";

/** A player in a room. */
export interface Member {
  /** The server's own name for it, such as its session's id. */
  readonly id: string;
  readonly player: number;
  readonly queue: CommandQueue;
}

/** The world of one room. Each scenario has one, which all servers other than Fracas share. */
export interface RoomWorld<M extends Member, Stepped = unknown> {
  readonly tick: number;
  add(player: number, id: string): M;
  remove(id: string): void;
  step(): Stepped;
}

/** The rooms of a process. They fill up in the order of the joins; nobody gets the place of a player who left. */
export class Rooms<Room> {
  readonly all: Room[] = [];
  readonly #size: number;
  readonly #open: (number: number) => Room;
  #joined = 0;

  constructor(size: number, open: (number: number) => Room) {
    this.#size = size;
    this.#open = open;
  }

  /** The room of the player who joins now. */
  next(): Room {
    const number = Math.floor(this.#joined++ / this.#size);
    this.all[number] ??= this.#open(number);
    return this.all[number];
  }
}
