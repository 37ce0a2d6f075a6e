/** The local addresses of connections. On Linux all of 127.0.0.0/8 is this machine, so clients can have many. */
import { platform } from "node:os";
import type { Address } from "./link.ts";

const HAS_MANY = platform() === "linux";
const COUNT = 250;

/** One of 250 addresses of a network, by index. On other systems all connections have the same address. */
export const from = (address: Address, net: "attackers" | "strangers", index: number): Address =>
  HAS_MANY ? { ...address, from: `127.${net === "attackers" ? 8 : 7}.0.${1 + (index % COUNT)}` } : address;
