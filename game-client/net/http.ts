/** HTTP requests of the page: whom they speak for, and what a refusal says. */
import type { Fault } from "#shared/arena/fault.ts";
import type { FaultyAnswer } from "#shared/protocol/editor.ts";

/** The server answered with a status of 400 or above. The message is the server's, and empty without one. */
export class HttpError extends Error {
  /** The HTTP status. */
  readonly code: number;
  /** Seconds after which the server wants to be asked again; 0 if it does not say. */
  readonly waitSec: number;
  /** The faults of a map that was sent. */
  readonly faults: readonly Fault[] | undefined;

  constructor(message: string, code: number, waitSec: number, faults?: readonly Fault[]) {
    super(message);
    this.code = code;
    this.waitSec = waitSec;
    this.faults = faults;
  }
}

export interface HttpRequest extends Pick<RequestInit, "cache" | "priority"> {
  method?: "GET" | "POST" | "DELETE";
  /** The visitor's token; undefined to ask as nobody. */
  token?: string | undefined;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** Resolves to the answer, whatever its status; rejects without one. */
export const send = (url: string, { token, body, headers, ...init }: HttpRequest = {}): Promise<Response> =>
  fetch(url, {
    ...init,
    headers: {
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

/** Like `send`, but rejects with an HttpError for a status of 400 or above. */
export async function ask(url: string, request?: HttpRequest): Promise<Response> {
  const response = await send(url, request);
  if (response.ok) return response;
  // A proxy's answer need not be JSON.
  const { error = "", faults }: Partial<FaultyAnswer> = await response.json().catch(() => ({}));
  throw new HttpError(error, response.status, waitSecOf(response), faults);
}

/** Resolves to the parsed answer; rejects like `ask`, and with a SyntaxError if it is no JSON. */
export const askJson = async <Answer>(url: string, request?: HttpRequest): Promise<Answer> =>
  (await ask(url, request)).json();

export const waitSecOf = ({ headers }: Response): number => Number(headers.get("Retry-After")) || 0;
