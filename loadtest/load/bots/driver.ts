/** What a bot does while it is in a room. */

export interface Driver {
  /** Called about sixty times a second while the bot is connected, like a page's frames. */
  frame(nowMs: number): void;
  /** The connection was gone, and is back. */
  restart(): void;
  dispose(): void;
}

/** Watches. */
export const SPECTATOR: Driver = { frame() {}, restart() {}, dispose() {} };
