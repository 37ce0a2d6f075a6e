/** Encodes a video by WebCodecs: H.264 in MP4 where the browser can, which plays everywhere, else VP9 or AV1 in WebM. */
import {
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  Quality,
  WebMOutputFormat,
} from "mediabunny";
import { FRAMES_PER_SEC, type VideoSink } from "./videoSink.ts";

const QUALITY = new Quality("high");

/** Undefined where the browser encodes none of them. */
export async function openEncoder(canvas: HTMLCanvasElement): Promise<VideoSink | undefined> {
  const { width, height } = canvas;
  const codec = await getFirstEncodableVideoCodec(["avc", "vp9", "av1"], { width, height, quality: QUALITY });
  if (!codec) return undefined;
  const isMp4 = codec === "avc";
  const target = new BufferTarget();
  const output = new Output({ format: isMp4 ? new Mp4OutputFormat() : new WebMOutputFormat(), target });
  const source = new CanvasSource(canvas, { codec, quality: QUALITY });
  output.addVideoTrack(source, { frameRate: FRAMES_PER_SEC });
  await output.start();
  let frames = 0;
  return {
    extension: isMp4 ? "mp4" : "webm",
    isRealTime: false,
    add: () => source.add(frames++ / FRAMES_PER_SEC, 1 / FRAMES_PER_SEC),
    async finish() {
      await output.finalize();
      return new Blob([target.buffer ?? new ArrayBuffer(0)], { type: isMp4 ? "video/mp4" : "video/webm" });
    },
    cancel: () => output.cancel(),
  };
}
