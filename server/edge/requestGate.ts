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
import { assertWellFormed } from "./requestValidation.ts";
import { isSecret } from "./secrets.ts";
import { expectNoOther, isPipelined } from "./sequentialRequest.ts";
import { createTurns } from "./turns.ts";
import { bearerOf } from "./visitor.ts";

const OVER_BUDGET = "network over its budget";

export interface GateRules {
  botToken: string | undefined;
  production: boolean;
}

/** Returns the tokens that are left. */
type Charge = (tokens: number) => number;
type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * From now on `answer` gets the requests, and the server's present listener the handshakes. Call it once Colyseus listens:
 * this replaces the router that Colyseus installs then, which trusts any header, and which some headers crash.
 */
export function gateRequests(
  server: Server,
  answer: RequestListener,
  locate: Locate,
  budget: NetworkBudget,
  rules: GateRules,
): void {
  const takeTurn = createTurns();
  const chargeOf = createChargeOf(locate, budget, rules);
  const [upgrade] = server.listeners("upgrade") as UpgradeListener[];

  const onRequest: RequestListener = (request, response) => {
    expectNoOther(request, response);
    takeTurn(() => {
      if (response.destroyed) return;
      const charge = chargeOf(request);
      const left = charge(1);
      if (left < 0) return refuse(response, waitSecOf(left));
      const chargeSent = createSentCharge(request.socket, charge);
      response.once("close", chargeSent);
      answer(request, response);
      // Files are handed over by now: charged at once, so that the next request for a large one is refused in time.
      chargeSent();
    });
  };

  const onUpgrade: UpgradeListener = (request, socket, head) => {
    // Node has removed its own listener, and an error without one would end the process.
    socket.on("error", () => socket.destroy());
    if (isPipelined(socket)) {
      countRefusal("pipelined request");
      return void socket.destroy();
    }
    takeTurn(() => {
      if (socket.destroyed) return;
      const left = chargeOf(request)(1);
      if (left < 0) refuseUpgrade(socket, waitSecOf(left));
      else upgrade?.(request, socket, head);
    });
  };

  server.removeAllListeners("request").removeAllListeners("upgrade");
  // Without a listener for it, Node itself answers a request that expects something unknown.
  server.on("request", onRequest).on("checkExpectation", onRequest).on("upgrade", onUpgrade);
}

/** The returned function finds what charges a request; it charges nothing for visitors that limits do not count. */
function createChargeOf(locate: Locate, budget: NetworkBudget, { botToken, production }: GateRules) {
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
  return (request: IncomingMessage): Charge => {
    const network = accountOf(request);
    return network === undefined ? () => 0 : (tokens) => budget.charge(network, tokens);
  };
}

/** Where the SDK puts a token: into a header of a request, into the URL of a handshake. */
function tokenOf(request: IncomingMessage): string | undefined {
  const query = request.url?.split("?")[1];
  return bearerOf(request) ?? new URLSearchParams(query).get("_authToken") ?? undefined;
}

/** The returned function charges for what the connection was sent since the last call. */
function createSentCharge(socket: Socket, charge: Charge): () => void {
  let charged = socket.bytesWritten;
  return () => {
    charge((socket.bytesWritten - charged) / BYTES_PER_TOKEN);
    charged = socket.bytesWritten;
  };
}

/** Closes the connection; a proxy's carries no other request. */
function refuse(response: ServerResponse, waitSec: number): void {
  countRefusal(OVER_BUDGET);
  const answer: ErrorAnswer = {
    code: REFUSAL.tooMany,
    error: `Too many requests from your network. Wait ${waitSec} s, then try again.`,
  };
  const body = JSON.stringify(answer);
  response
    .writeHead(REFUSAL.tooMany, {
      Connection: "close",
      "Retry-After": waitSec,
      "Content-Type": "application/json; charset=utf-8",
      "Content-Length": body.length,
    })
    .end(body);
}

function refuseUpgrade(socket: Duplex, waitSec: number): void {
  countRefusal(OVER_BUDGET);
  socket.once("finish", () => socket.destroy());
  socket.end(
    `HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nRetry-After: ${waitSec}\r\nContent-Length: 0\r\n\r\n`,
  );
}
