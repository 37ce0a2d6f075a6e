/** Where connections come from. On Linux all of 127.0.0.0/8 is this machine, so there can be many strangers. */
import { platform } from "node:os";
import type { Address } from "./link.ts";

const HAS_MANY = platform() === "linux";
const COUNT = 250;

/** One of many addresses, the same for the same number. Elsewhere all connections come from one. */
export const from = (address: Address, net: "attackers" | "strangers", index: number): Address =>
  HAS_MANY ? { ...address, from: `127.${net === "attackers" ? 8 : 7}.0.${1 + (index % COUNT)}` } : address;
