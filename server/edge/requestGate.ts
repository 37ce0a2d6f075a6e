/**
 * The gate in front of all HTTP: it charges each request and handshake to its network before any other work, refuses the
 * networks that spent too much, and lets the others take turns.
 */
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { countRefusal } from "#server/services/metrics.ts";
import type { ErrorAnswer } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { peerOf } from "./httpBounds.ts";
import { BYTES_PER_TOKEN, type NetworkBudget, waitSecOf } from "./networkBudget.ts";
import { type Locate, networkOf } from "./networks.ts";
import { namedOrigins, type OriginRules } from "./origins.ts";
import { adviseOnCrowd } from "./proxyAdvice.ts";
import { assertWellFormed } from "./requestValidation.ts";
import { isSecret } from "./secrets.ts";
import { expectNoOther, isPipelined } from "./sequentialRequest.ts";
import { createTurns } from "./turns.ts";
import { refuseUpgrade } from "./upgradeRefusal.ts";
import { bearerOf } from "./visitor.ts";

export interface GateRules extends OriginRules {
  botToken: string | undefined;
  production: boolean;
}

/** Charges tokens to a request's network. */
type Charge = (tokens: number) => void;
/** Charges a request; returns what charges its answer, or the seconds to wait if the network has no token left. */
type Admit = (request: IncomingMessage) => Charge | number;
/** What the gate lets through. */
export interface Answers {
  request: RequestListener;
  /** A request for an upgrade, with its connection and the bytes after it. */
  upgrade(connection: { request: IncomingMessage; socket: Socket; head: Buffer }): void;
}

/** From now on `answers` gets the server's requests and handshakes. */
export function gateRequests(
  server: Server,
  answers: Answers,
  locate: Locate,
  budget: NetworkBudget,
  rules: GateRules,
): void {
  const takeTurn = createTurns();
  const admit = createAdmit(locate, budget, rules);
  const named = namedOrigins(rules);
  const onRequest: RequestListener = (request, response) => {
    expectNoOther(request, response);
    takeTurn(() => {
      if (response.destroyed) return;
      const charge = admit(request);
      if (typeof charge === "number") refuse(response, charge, named.has(request.headers.origin));
      else answerCharged(charge, answers.request, request, response);
    });
  };
  // Without a listener for it, Node itself answers a request that expects something unknown.
  server.on("request", onRequest).on("checkExpectation", onRequest);

  server.on("upgrade", (request, stream, head) => {
    // Without TLS, of which a proxy takes care, it is one.
    const socket = stream as Socket;
    // Node has removed its own listener, and an error without one would end the process.
    socket.on("error", () => socket.destroy());
    if (isPipelined(socket)) return endPipelined(socket);
    takeTurn(() => {
      if (socket.destroyed) return;
      const charge = admit(request);
      if (typeof charge !== "number") answers.upgrade({ request, socket, head });
      else refuseUpgrade(socket, { status: REFUSAL.tooMany, message: "", retryAfterSec: charge });
    });
  });
}

/** The returned function charges nothing for visitors that limits do not count. */
function createAdmit(locate: Locate, budget: NetworkBudget, { botToken, production }: GateRules): Admit {
  const accountOf = (request: IncomingMessage): string | undefined => {
    try {
      assertWellFormed(request);
    } catch {
      // The routes refuse it; its forwarding headers say nothing.
      const peer = peerOf(request.socket);
      return peer && networkOf(peer);
    }
    const { network, isLoopback } = locate(request);
    const isBot = botToken !== undefined && isSecret(tokenOf(request), botToken);
    return isBot || (isLoopback && !production) ? undefined : network;
  };
  return (request) => {
    const network = accountOf(request);
    if (network === undefined) return () => {};
    const left = budget.tokensOf(network);
    if (left >= 1) {
      budget.charge(network);
      return (tokens) => void budget.charge(network, tokens);
    }
    // A refused request is not charged: its connection was, and pages that try again must be served in the end.
    countRefusal("network over its budget");
    adviseOnCrowd(network, "requests");
    return waitSecOf(left);
  };
}

/** Where the SDK puts a token: into a header of a request, into the URL of a handshake. */
function tokenOf(request: IncomingMessage): string | undefined {
  const query = request.url?.split("?")[1];
  return bearerOf(request) ?? new URLSearchParams(query).get("_authToken") ?? undefined;
}

function answerCharged(
  charge: Charge,
  answer: RequestListener,
  request: IncomingMessage,
  response: ServerResponse<IncomingMessage> & { req: IncomingMessage },
): void {
  const chargeSent = createSentCharge(request.socket, charge);
  response.once("close", chargeSent);
  answer(request, response);
  // Files are handed over by now: charged at once, so that the next request for a large one is refused in time.
  chargeSent();
}

/** The returned function charges for what the connection was sent since the last call. */
function createSentCharge(socket: Socket, charge: Charge): () => void {
  let charged = socket.bytesWritten;
  return () => {
    charge((socket.bytesWritten - charged) / BYTES_PER_TOKEN);
    charged = socket.bytesWritten;
  };
}

/** Closes the connection; a proxy's carries no other request. `isNamed`: whether the operator names the page's origin. */
function refuse(response: ServerResponse, waitSec: number, isNamed: boolean): void {
  const answer: ErrorAnswer = {
    code: REFUSAL.tooMany,
    error: `Too many requests from your network. Wait ${waitSec} s, then try again.`,
  };
  const body = JSON.stringify(answer);
  if (isNamed) allowReading(response);
  response
    .writeHead(REFUSAL.tooMany, {
      Connection: "close",
      "Retry-After": waitSec,
      "Content-Type": "application/json; charset=utf-8",
      "Content-Length": body.length,
    })
    .end(body);
}

/** CORS, as the routes have it (http/front.ts). */
function allowReading(response: ServerResponse): void {
  response
    .setHeader("Vary", "Origin")
    .setHeader("Access-Control-Allow-Origin", response.req.headers.origin ?? "")
    .setHeader("Access-Control-Allow-Credentials", "true")
    .setHeader("Access-Control-Expose-Headers", "Retry-After");
}

function endPipelined(socket: Duplex): void {
  countRefusal("pipelined request");
  socket.destroy();
}
