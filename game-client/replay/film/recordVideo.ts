/** Records a canvas by MediaRecorder, in real time: for browsers that do not encode frame by frame. */
import { FRAMES_PER_SEC, type VideoSink } from "./videoSink.ts";

const TYPES = ["video/mp4;codecs=avc1", "video/webm;codecs=vp9", "video/webm"] as const;
const BITS_PER_SEC = 8_000_000;

/** Throws an error where the browser records nothing. */
export function openRecorder(canvas: HTMLCanvasElement): VideoSink {
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  if (!mimeType) throw new Error("this browser records no video");
  const stream = canvas.captureStream(0);
  const track = stream.getVideoTracks()[0] as CanvasCaptureMediaStreamTrack;
  const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: BITS_PER_SEC });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise<void>((resolve) => {
    recorder.onstop = () => resolve();
  });
  const stop = async () => {
    if (recorder.state !== "inactive") {
      recorder.stop();
      await stopped;
    }
    track.stop();
  };
  recorder.start();
  let nextAtMs = performance.now();
  return {
    extension: mimeType.startsWith("video/mp4") ? "mp4" : "webm",
    isRealTime: true,
    async add() {
      track.requestFrame();
      // A frame that came late shifts those that follow.
      nextAtMs = Math.max(nextAtMs, performance.now() - 1000 / FRAMES_PER_SEC) + 1000 / FRAMES_PER_SEC;
      await new Promise((resolve) => setTimeout(resolve, nextAtMs - performance.now()));
    },
    async finish() {
      await stop();
      return new Blob(parts, { type: mimeType.replace(/;.*/, "") });
    },
    cancel: stop,
  };
}
