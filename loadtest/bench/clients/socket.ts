/** Opens a WebSocket of `ws`, which answers pings itself, and waits for a frame on it. */
import { type RawData, WebSocket } from "ws";

export interface ConnectOptions {
  /** The address of this machine that the connection comes from. */
  readonly localAddress?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Returns before it is open: a server's first frame may follow its upgrade response at once, so listen right away. */
export const connect = (url: string, options?: ConnectOptions): WebSocket =>
  new WebSocket(url, { ...options, perMessageDeflate: false, skipUTF8Validation: true });

/** The first frame for which `matches` is true; rejects if the connection fails or closes before. */
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
