/** Reads one HTTP response from a socket: the part of HTTP/1.1 that our own server uses. */
import type { Socket } from "node:net";

export interface Answer {
  status: number;
  /** By name in lower case. */
  headers: ReadonlyMap<string, string>;
  /** One character per byte. A chunked body includes the sizes of its chunks. */
  body: string;
}

const END_OF_HEAD = "\r\n\r\n";

/**
 * `leftOver` are bytes received before; `isHead` means that the answer has no body, whatever its Content-Length. The
 * answer is undefined if the server hung up. Rejects after `timeoutMs` without a whole answer.
 */
export function readAnswer(
  socket: Socket,
  leftOver: Buffer,
  timeoutMs: number,
  isHead = false,
): Promise<{ answer: Answer | undefined; rest: Buffer }> {
  return new Promise((resolve, reject) => {
    let bytes = leftOver;
    const stop = () => {
      clearTimeout(timer);
      socket.off("data", onData).off("close", onClose).off("end", onClose);
    };
    const onData = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const found = firstAnswer(bytes, isHead);
      if (!found) return;
      stop();
      resolve({ answer: found.answer, rest: bytes.subarray(found.bytes) });
    };
    const onClose = () => {
      stop();
      resolve({ answer: firstAnswer(bytes, true)?.answer, rest: Buffer.alloc(0) });
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`no answer within ${timeoutMs} ms`));
    }, timeoutMs);
    socket.on("data", onData).once("close", onClose).once("end", onClose);
  });
}

/** With `isWhole`, no more bytes will follow. */
function firstAnswer(bytes: Buffer, isWhole: boolean): { answer: Answer; bytes: number } | undefined {
  const headEnd = bytes.indexOf(END_OF_HEAD);
  if (headEnd < 0) return undefined;
  const [first = "", ...lines] = bytes.toString("latin1", 0, headEnd).split("\r\n");
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  const from = headEnd + END_OF_HEAD.length;
  const to = bodyEnd(bytes, from, headers);
  if (to === undefined && !isWhole) return undefined;
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1] ?? 0);
  const end = to ?? bytes.length;
  return { answer: { status, headers, body: bytes.toString("latin1", from, end) }, bytes: end };
}

/** The offset after the body; undefined while it is incomplete. */
function bodyEnd(bytes: Buffer, from: number, headers: ReadonlyMap<string, string>): number | undefined {
  if (headers.get("transfer-encoding") === "chunked") {
    const end = bytes.indexOf("0\r\n\r\n", from);
    return end < 0 ? undefined : end + 5;
  }
  const end = from + Number(headers.get("content-length") ?? 0);
  return bytes.length >= end ? end : undefined;
}
