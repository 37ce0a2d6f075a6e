/** How the routes answer that anybody may read, pages of other sites included: counted, cacheable, with an ETag. */
import { createHash } from "node:crypto";
import type { Request, Response } from "express";
import type { z } from "zod";
import type { LimitName, Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import { bearerOf, type Recognise, type Visitor } from "#server/edge/visitor.ts";
import type { PublicReads } from "#server/services/publicReads.ts";

/** Everything that these routes need. */
export interface Reading {
  readonly recognise: Recognise;
  readonly limits: Limits;
  readonly reads: PublicReads;
}

interface Body {
  text: string;
  etag: string;
}

/** Serialised bodies by answer: publicReads.ts keeps an answer for seconds, and it is sent many times. */
const bodies = new WeakMap<object, Body>();

/** Counts a request for what everybody may read. Throws Refused. */
export async function countReader(
  { recognise, limits }: Reading,
  request: Request<object>,
  limit: LimitName = "read",
): Promise<Visitor> {
  const visitor = await recognise(request, bearerOf(request), "public");
  await limits.count(limit, visitor);
  return visitor;
}

/** Counts the request, and opens the answer, or refusal, to pages of all sites. */
export function admitReader(
  reading: Reading,
  request: Request<object>,
  response: Response,
  limit?: LimitName,
): Promise<Visitor> {
  // A page of a named origin has a header of its own already (front.ts).
  if (!response.hasHeader("Access-Control-Allow-Origin"))
    response.setHeader("Access-Control-Allow-Origin", "*");
  response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
  return countReader(reading, request, limit);
}

/** Express answers 304 to a request that has the ETag already. */
export function sendPublic(response: Response, answer: object, maxAgeSec: number): void {
  const { text, etag } = bodyOf(answer);
  response.type("json").setHeader("Cache-Control", `public, max-age=${maxAgeSec}`).setHeader("ETag", etag);
  response.send(text);
}

function bodyOf(answer: object): Body {
  const known = bodies.get(answer);
  if (known) return known;
  const text = JSON.stringify(answer);
  const body = { text, etag: etagOf(text) };
  bodies.set(answer, body);
  return body;
}

export const etagOf = (content: string | Uint8Array): string =>
  `"${createHash("sha256").update(content).digest("base64url")}"`;

/** Throws Refused with `allowed`, which says what the query may be. */
export function parseQuery<Schema extends z.ZodType>(
  schema: Schema,
  { query }: Request<object>,
  allowed: string,
): z.output<Schema> {
  const parsed = schema.safeParse(query);
  if (!parsed.success) throw new Refused(400, `The query is wrong. Allowed is: ${allowed}.`);
  return parsed.data;
}
