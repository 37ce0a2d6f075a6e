/** This machine among others with the same Redis, and what it tells them by its lease. */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";

export interface Machine {
  /** Random per start. */
  readonly id: string;
  /** PUBLIC_ADDRESS: where pages reach this machine's rooms. */
  readonly address: string;
  /** Share of its processes' time that goes into ticks and patches, 0 to 1. */
  load(): number;
  /** Whether it is about to stop: others lead nobody here then. */
  isClosing(): boolean;
  /** Whether it holds MAX_CLIENTS: others lead nobody here then. */
  isFull(): boolean;
}

export const newMachineId = (): string => randomBytes(9).toString("base64url");

const Lease = z.object({
  address: z.string(),
  load: z.number().catch(0),
  /** Its PROTOCOL_VERSION: pages of another version cannot play in its rooms. */
  version: z.number(),
  closing: z.boolean(),
  /** Machines of earlier versions do not tell. */
  full: z.boolean().default(false),
  /** Its process has ended, and its successor writes its rooms again (scripts.ts): until then they are no ended rooms. */
  replaced: z.boolean().default(false),
});
export type Lease = z.infer<typeof Lease>;

export const leaseText = ({ address, load, isClosing, isFull }: Machine, replaced = false): string =>
  JSON.stringify({
    ...{ address, load: load(), version: PROTOCOL_VERSION },
    ...{ closing: replaced || isClosing(), full: isFull(), replaced },
  } satisfies Lease);

/** Undefined for text that this version cannot read. */
export function leaseIn(text: string): Lease | undefined {
  try {
    return Lease.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
