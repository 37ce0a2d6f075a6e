/** How a bot plays while it is in a room. */

export interface Driver {
  /** Called about 60 times a second while the bot is connected, like the frames of a page. */
  frame(nowMs: number): void;
  /** The bot has reconnected. */
  restart(): void;
  dispose(): void;
}

/** Sends nothing. */
export const SPECTATOR: Driver = { frame() {}, restart() {}, dispose() {} };
