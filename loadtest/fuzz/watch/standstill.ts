/** Notices a room that stands still although its server works. */

/** Pings that the server may answer in a row without a tick between: after a pause it may read one before it ticks. */
const STILL_MAX_PINGS = 2;

export class Standstill {
  #tick = -1;
  #pings = 0;

  /**
   * Call it with the state's tick for each ping that the server has answered, a second after the one before. A server that
   * the machine does not run answers none, so how busy the machine is does not count. True once the room stands still.
   */
  answered(tick: number): boolean {
    this.#pings = tick > this.#tick ? 0 : this.#pings + 1;
    this.#tick = tick;
    return this.#pings === STILL_MAX_PINGS;
  }
}
