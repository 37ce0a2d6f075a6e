/** Why the page cannot show a fight, whatever the server answers. */
export type Obstacle =
  /** A part of the page was not downloaded: the network failed, or the server has a newer page, without that part. */
  | "notLoaded"
  /** The browser has no WebGL. */
  | "noWebGl"
  /** The graphics driver stopped, and the browser did not restore the WebGL context. */
  | "pictureLost"
  /** The page itself failed while it prepared the picture. */
  | "drawingFailed";

export class CannotShow extends Error {
  readonly why: Obstacle;

  constructor(why: Obstacle, cause?: unknown) {
    super(`the page cannot show the arena: ${why}`, { cause });
    this.why = why;
  }
}
