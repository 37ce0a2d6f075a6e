/** Where a request comes from: the address that limits count by. */
import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";
import proxyaddr from "proxy-addr";
import { dropForwarded } from "./requestValidation.ts";

export interface Whence {
  /** An IPv4 address, or the /64 of an IPv6 one: a household has as many addresses in it as it likes. */
  network: string;
  /** This machine itself, with nobody in between. */
  loopback: boolean;
}

/** For requests whose head is well formed. */
export type Locate = (request: IncomingMessage) => Whence;

const PREFIX_BYTES = 8;

/** `trustedProxies`: addresses and subnets whose word is taken for whom they ask. */
export function createLocate(trustedProxies: readonly string[]): Locate {
  const isTrusted = proxyaddr.compile([...trustedProxies]);
  const known = new WeakMap<IncomingMessage, Whence>();

  const locate = (request: IncomingMessage): Whence => {
    const peer = request.socket.remoteAddress ?? "";
    const { headers } = request;
    const proxied = headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined;
    if (!ipaddr.isValid(peer) || !isTrusted(peer, 0)) dropForwarded(request);
    // A connection that has just ended has no address any more.
    const address = ipaddr.process(proxyaddr(request, isTrusted) ?? "0.0.0.0");
    return { network: networkOf(address), loopback: !proxied && address.range() === "loopback" };
  };

  // Only the first look sees what the peer said of others.
  return (request) => {
    const whence = known.get(request) ?? locate(request);
    known.set(request, whence);
    return whence;
  };
}

export function networkOf(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  if (address instanceof ipaddr.IPv4) return address.toString();
  const prefix = address.toByteArray().fill(0, PREFIX_BYTES);
  return `${ipaddr.fromByteArray(prefix).toString()}/64`;
}
