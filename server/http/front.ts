/** The entry for HTTP requests: validates each one, sets the security headers, and turns errors into answers. */
import cors from "cors";
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from "express";
import helmet from "helmet";
import type { Locate } from "#server/edge/networks.ts";
import { namedOrigins, type OriginRules } from "#server/edge/origins.ts";
import { adviseOnUpgrade } from "#server/edge/proxyAdvice.ts";
import { Refused } from "#server/edge/refused.ts";
import { assertWellFormed } from "#server/edge/requestValidation.ts";
import { logError } from "#server/logOnce.ts";
import { countRefusal } from "#server/services/metrics.ts";
import { StoreAwayError } from "#server/store/store.ts";
import type { ErrorAnswer } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

/** Retry-After while the database is away. */
const STORE_BACK_SEC = 5;

/**
 * Allows only the page's own scripts, and connections to this server and the other machines only. Does not force HTTPS, for
 * plain HTTP in a LAN. `addresses`: the machines' PUBLIC_ADDRESS.
 */
const pagePolicy = (addresses: () => readonly string[]) =>
  helmet({
    // Other subdomains of the operator may not use HTTPS.
    strictTransportSecurity: { includeSubDomains: false },
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        connectSrc: [() => ["'self'", ...addresses().flatMap(socketSources)].join(" ")],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", "data:", "blob:"],
        // The preview of a video that the page has made.
        mediaSrc: ["'self'", "blob:"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
  });

/** The path is left out: a policy would match it exactly. */
function socketSources(address: string): string[] {
  const [host] = address.split("/");
  return [`ws://${host}`, `wss://${host}`];
}

export function createFront(
  locate: Locate,
  origins: OriginRules,
  addresses: () => readonly string[],
  routes: readonly Router[],
): Express {
  const front = express();
  front.disable("x-powered-by");
  front.set("query parser", "simple");
  front.use(pagePolicy(addresses), validateRequests(locate), allowOrigins(origins), ...routes);
  front.use(() => {
    throw new Refused(404, "There is nothing here.");
  });
  front.use(answerFailure);
  return front;
}

const validateRequests =
  (locate: Locate): RequestHandler =>
  (request, _response, next) => {
    assertWellFormed(request);
    locate(request);
    adviseOnUpgrade(request);
    next();
  };

/** Lets pages of named origins read answers (CORS); browsers keep them from all other sites' pages. */
function allowOrigins(rules: OriginRules): RequestHandler {
  const named = namedOrigins(rules);
  const grant = cors({
    origin: true,
    credentials: true,
    methods: ["GET", "POST", "DELETE"],
    exposedHeaders: "Retry-After",
    maxAge: 600,
  });
  return (request, response, next) => {
    response.vary("Origin");
    if (named.has(request.headers.origin)) return grant(request, response, next);
    next();
  };
}

/** Answers an error with { code, error } as JSON. */
export const answerFailure: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const { status, message, retryAfterSec } = asRefused(error);
  countRefusal(`http: ${status}`);
  if (retryAfterSec !== undefined) response.setHeader("Retry-After", retryAfterSec);
  const answer: ErrorAnswer = { code: status, error: message };
  response.status(status).json(answer);
};

/** Express and its body parsers mark a client's error with a 4xx status. Logs any other error, and hides its text. */
function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error;
  if (error instanceof StoreAwayError)
    return new Refused(
      REFUSAL.restarting,
      "Players, matches and arenas cannot be looked up at the moment.",
      STORE_BACK_SEC,
    );
  const { status, type } = error as { status?: unknown; type?: unknown };
  if (typeof status === "number" && status >= 400 && status < 500) {
    return new Refused(status, typeof type === "string" ? type : "malformed request");
  }
  logError(error, "a request failed");
  return new Refused(500, "The server failed. It was noted.");
}
