/** A WebSocket of `ws` that answers pings by itself, and what to wait for on it. */
import { type RawData, WebSocket } from "ws";

/** Opens while nobody waits: a server's first frame may come with the answer to the upgrade, so listen at once. */
export const connect = (url: string): WebSocket =>
  new WebSocket(url, { perMessageDeflate: false, skipUTF8Validation: true });

/** The first frame for which `matches` holds; rejects when the connection fails or closes before. */
export function frameOf(socket: WebSocket, matches: (frame: Buffer) => boolean): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const onMessage = (data: RawData) => {
      const frame = data as Buffer;
      if (!matches(frame)) return;
      socket.off("message", onMessage).off("close", onClose).off("error", reject);
      resolve(frame);
    };
    const onClose = (code: number, reason: Buffer) => reject(new Error(`closed: ${code} ${reason}`));
    socket.on("message", onMessage).on("close", onClose).on("error", reject);
  });
}
