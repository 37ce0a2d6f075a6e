/** Finds the network that a request comes from, by which limits count. */
import type { IncomingMessage } from "node:http";
import { hostname } from "node:os";
import ipaddr from "ipaddr.js";
import proxyaddr from "proxy-addr";
import { dropForwarded } from "./requestValidation.ts";

export interface Location {
  /** An IPv4 address, or the /64 prefix of an IPv6 address: one household has a whole prefix to itself. */
  network: string;
  /** Whether the request comes from this machine, without a proxy, and names this machine as its host. */
  isLoopback: boolean;
  /**
   * Whether it comes from this machine, without a proxy, and names another host: DNS rebinding, by which a page of any site
   * reaches the servers of its visitor's machine.
   */
  isRebound: boolean;
}

/** Expects a request that passed assertWellFormed. Removes forwarding headers that no trusted proxy sent. */
export type Locate = (request: IncomingMessage) => Location;

const PREFIX_BYTES = 8;

/** `trustedProxies`: addresses and subnets whose X-Forwarded-For header is believed. */
export function createLocate(trustedProxies: readonly string[]): Locate {
  const isTrusted = proxyaddr.compile([...trustedProxies]);
  const known = new WeakMap<IncomingMessage, Location>();

  const locate = (request: IncomingMessage): Location => {
    const peer = request.socket.remoteAddress ?? "";
    const { headers } = request;
    const isProxied = headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined;
    if (!ipaddr.isValid(peer) || !isTrusted(peer, 0)) dropForwarded(request);
    // A connection that has just closed has no address.
    const address = ipaddr.process(proxyaddr(request, isTrusted) ?? "0.0.0.0");
    const isFromHere = !isProxied && address.range() === "loopback";
    const namesHere = isThisMachine(headers.host ?? "");
    return {
      network: networkOf(address),
      isLoopback: isFromHere && namesHere,
      isRebound: isFromHere && !namesHere,
    };
  };

  // Cached, because the first call may remove the headers that a second call would need.
  return (request) => {
    const location = known.get(request) ?? locate(request);
    known.set(request, location);
    return location;
  };
}

/** Whether a Host header names this machine: by a loopback address, localhost, or the name that it has itself. */
function isThisMachine(host: string): boolean {
  const name = host.replace(/:\d+$/, "").toLowerCase();
  const address = name.replace(/^\[|\]$/g, "");
  if (ipaddr.isValid(address)) return ipaddr.process(address).range() === "loopback";
  return /^(?:.+\.)?localhost$/.test(name) || name === hostname().toLowerCase();
}

export function networkOf(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  if (address instanceof ipaddr.IPv4) return address.toString();
  const prefix = address.toByteArray().fill(0, PREFIX_BYTES);
  return `${ipaddr.fromByteArray(prefix).toString()}/64`;
}
