/**
 * Bounds what the HTTP of one network may cost. Each network has an account of tokens, which refills and may be
 * overdrawn: a token is a connection, a request, or BYTES_PER_TOKEN of answers.
 */
import { countKeysOf } from "./networks.ts";

/** Sixty people of a school who open the page at the same moment, some of them twice: 50 tokens each. */
const TOKENS_MAX = 5_000;
/** About 2 % of a core, and 3.2 MB/s of answers. */
const TOKENS_PER_SEC = 100;
/** A network that floods is refused until 2 s after it stopped. */
const DEBT_MAX = 200;
/** Accounts of a generation, about 200 bytes each. */
const GENERATION_MAX = 10_000;

export const BYTES_PER_TOKEN = 32 * 1024;

interface Account {
  tokens: number;
  chargedAtMs: number;
}

export class NetworkBudget {
  /** By network or prefix, those that were charged lately; full, it becomes the previous generation, and the one before is forgotten. */
  #accounts = new Map<string, Account>();
  #previous = new Map<string, Account>();
  readonly #nowMs: () => number;

  constructor(nowMs = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Returns the tokens that are left to the network and its prefixes; if they are negative, it must wait. */
  charge(network: string, tokens = 1): number {
    return Math.min(...countKeysOf(network).map(({ key, share }) => this.#charge(key, tokens / share)));
  }

  /** As `charge`, without charging. */
  tokensOf(network: string): number {
    return this.charge(network, 0);
  }

  #charge(key: string, tokens: number): number {
    const nowMs = this.#nowMs();
    const account = this.#accountOf(key, nowMs);
    const gained = ((nowMs - account.chargedAtMs) / 1000) * TOKENS_PER_SEC;
    account.tokens = Math.max(-DEBT_MAX, Math.min(TOKENS_MAX, account.tokens + gained) - tokens);
    account.chargedAtMs = nowMs;
    return account.tokens;
  }

  get accountCount(): number {
    return this.#accounts.size + this.#previous.size;
  }

  #accountOf(key: string, nowMs: number): Account {
    const known = this.#accounts.get(key);
    if (known) return known;
    if (this.#accounts.size >= GENERATION_MAX) {
      this.#previous = this.#accounts;
      this.#accounts = new Map();
    }
    const account = this.#previous.get(key) ?? { tokens: TOKENS_MAX, chargedAtMs: nowMs };
    this.#accounts.set(key, account);
    return account;
  }
}

/** Whole seconds until a network with these tokens has one to spend. */
export const waitSecOf = (tokens: number): number => Math.max(1, Math.ceil((1 - tokens) / TOKENS_PER_SEC));
