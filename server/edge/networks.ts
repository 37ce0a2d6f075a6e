/** Finds the network that a request comes from, by which limits count. */
import type { IncomingMessage } from "node:http";
import { hostname } from "node:os";
import ipaddr from "ipaddr.js";
import proxyaddr from "proxy-addr";
import { adviseOnProxy } from "./proxyAdvice.ts";
import { dropForwarded } from "./requestValidation.ts";

export interface Location {
  /** An IPv4 address, or the /64 prefix of an IPv6 address. An IPv6 address that contains an IPv4 address counts as that. */
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

/** A key under which something is counted, and how many times the bound of a single network it has. */
export interface CountKey {
  readonly key: string;
  readonly share: number;
  readonly isIdentity?: true;
}

/**
 * The IPv6 prefixes that providers give to one customer, widest first. An attacker gets a /48, which has 65,536 networks,
 * for nothing; a school, or a provider for a town's phones, may also have one. IPv4 has no wider prefixes: an attacker pays
 * for each address, and a mobile provider has thousands of players behind each address of a /24.
 */
const PREFIXES = [
  { bits: 48, share: 4 },
  { bits: 56, share: 2 },
  { bits: 64, share: 1 },
] as const;

const NETWORK_BITS = 64;
/** What a home has: a guest Wi-Fi is another /64 of the same /56. */
const HOUSEHOLD_BITS = 56;

/** Ranges (names of ipaddr.js) whose addresses contain a client's IPv4 address: at which byte, and whether inverted. */
const EMBEDDED_IPV4: Readonly<Record<string, { at: number; mask: number }>> = {
  /** RFC 3056: a /48 for each IPv4 address. */
  "6to4": { at: 2, mask: 0 },
  /** RFC 4380: all clients of a Teredo server share a /64. */
  teredo: { at: 12, mask: 0xff },
  /** RFC 6052 (NAT64) and RFC 6145 (SIIT): all of IPv4 is one /96. */
  rfc6052: { at: 12, mask: 0 },
  rfc6145: { at: 12, mask: 0 },
};

/** `trustedProxies`: addresses and subnets whose X-Forwarded-For header is believed. */
export function createLocate(trustedProxies: readonly string[]): Locate {
  const isTrusted = proxyaddr.compile([...trustedProxies]);
  const known = new WeakMap<IncomingMessage, Location>();

  const locate = (request: IncomingMessage): Location => {
    const peer = request.socket.remoteAddress ?? "";
    const { headers } = request;
    const isProxied = headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined;
    if (!ipaddr.isValid(peer) || !isTrusted(peer, 0)) {
      if (isProxied) adviseOnProxy(peer);
      dropForwarded(request);
    }
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
  const bytes = address.toByteArray();
  const embedded = EMBEDDED_IPV4[address.range()];
  if (!embedded) return prefixOf(bytes, NETWORK_BITS);
  const { at, mask } = embedded;
  return ipaddr.fromByteArray(bytes.slice(at, at + 4).map((byte) => byte ^ mask)).toString();
}

/** The keys by which a network counts, the widest prefix first. */
export function countKeysOf(network: string): CountKey[] {
  const bytes = bytesOf(network);
  if (!bytes) return [{ key: network, share: 1 }];
  return PREFIXES.map(({ bits, share }) => ({ key: prefixOf(bytes, bits), share }));
}

/** The prefix that a household has as a whole: what a ban holds for. */
export function householdOf(network: string): string {
  const bytes = bytesOf(network);
  return bytes ? prefixOf(bytes, HOUSEHOLD_BITS) : network;
}

/** The bytes of an IPv6 network; undefined for an IPv4 address. */
function bytesOf(network: string): number[] | undefined {
  const [address = ""] = network.split("/");
  return ipaddr.IPv6.isValid(address) ? ipaddr.IPv6.parse(address).toByteArray() : undefined;
}

/** `bits`: a multiple of 8. */
function prefixOf(bytes: readonly number[], bits: number): string {
  const kept = bytes.map((byte, at) => (at < bits / 8 ? byte : 0));
  return `${ipaddr.fromByteArray(kept).toString()}/${bits}`;
}
