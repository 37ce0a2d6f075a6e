/** Where the frames of a video go. */

export interface VideoSink {
  readonly extension: "mp4" | "webm";
  /** Whether frames must come as fast as they are played. */
  readonly isRealTime: boolean;
  /** Takes what is on the canvas as the next frame; resolves when there is room for another. */
  add(): Promise<void>;
  finish(): Promise<Blob>;
  cancel(): Promise<void>;
}

export const FRAMES_PER_SEC = 30;
