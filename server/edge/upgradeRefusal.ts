/** Answers a request for an upgrade with an HTTP error, on the bare connection. */
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Refused } from "./refused.ts";

export function refuseUpgrade(
  socket: Duplex,
  { status, message, retryAfterSec }: Pick<Refused, "status" | "message" | "retryAfterSec">,
): void {
  if (!socket.writable) return void socket.destroy();
  socket.once("finish", () => socket.destroy());
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Refused"}`,
    "Connection: close",
    ...(retryAfterSec === undefined ? [] : [`Retry-After: ${retryAfterSec}`]),
    "Content-Type: text/plain; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(message)}`,
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n${message}`);
}
