/** The one door for HTTP: what every request must be, every answer carries, and every failure looks like. */
import cors from "cors";
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from "express";
import helmet from "helmet";
import type { Locate } from "#server/edge/networks.ts";
import { createOriginCheck, type OriginRules } from "#server/edge/origins.ts";
import { Refused } from "#server/edge/refused.ts";
import { demandWellFormed } from "#server/edge/requestValidation.ts";
import { log } from "#server/log.ts";
import { countRefusal } from "#server/services/metrics.ts";
import type { ErrorAnswer } from "#shared/protocol/http.ts";

/** No script but the page's own files, and no talk but with this server. Plain HTTP is served in a LAN, too. */
const PAGE_POLICY = helmet({
  // Whether other names of the operator's domain speak HTTPS is not ours to say.
  strictTransportSecurity: { includeSubDomains: false },
  contentSecurityPolicy: {
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      connectSrc: ["'self'"],
      styleSrc: ["'self'"],
      fontSrc: ["'self'"],
      imgSrc: ["'self'", "data:", "blob:"],
      objectSrc: ["'none'"],
      frameAncestors: ["'none'"],
      upgradeInsecureRequests: null,
    },
  },
});

export function createFront(locate: Locate, origins: OriginRules, routes: readonly Router[]): Express {
  const front = express();
  front.disable("x-powered-by");
  front.set("query parser", "simple");
  front.use(PAGE_POLICY, demandDecency(locate), allowOrigins(origins), ...routes);
  front.use(() => {
    throw new Refused(404, "There is nothing here.");
  });
  front.use(answerFailure);
  return front;
}

const demandDecency =
  (locate: Locate): RequestHandler =>
  (request, _response, next) => {
    demandWellFormed(request);
    locate(request);
    next();
  };

/** Other pages of the operator's may read our answers; nobody else's browser lets them. */
function allowOrigins(rules: OriginRules): RequestHandler {
  const mayPlay = createOriginCheck(rules);
  const grant = cors({ origin: true, credentials: true, methods: ["GET", "POST"], maxAge: 600 });
  return (request, response, next) => {
    response.vary("Origin");
    if (mayPlay(request)) return grant(request, response, next);
    next();
  };
}

export const answerFailure: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const { status, message, retryAfterSec } = asRefused(error);
  countRefusal(`http: ${status}`);
  if (retryAfterSec !== undefined) response.setHeader("Retry-After", retryAfterSec);
  const answer: ErrorAnswer = { code: status, error: message };
  response.status(status).json(answer);
};

/** Express and its parsers mark what is the asker's fault by a status. Anything else is ours, and for the log alone. */
function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error;
  const { status, type } = error as { status?: unknown; type?: unknown };
  if (typeof status === "number" && status >= 400 && status < 500) {
    return new Refused(status, typeof type === "string" ? type : "malformed request");
  }
  log.error({ err: error }, "a request failed");
  return new Refused(500, "The server failed. It was noted.");
}
