/** Parses the environment variables. A wrong one stops the start with a line that says what is allowed. */
import { availableParallelism } from "node:os";
import proxyaddr from "proxy-addr";
import { z } from "zod";
import { isLoopback } from "#server/services/accounts/site.ts";
import { DEFAULT_PORT, MAX_PLAYERS, TICKS_PER_SEC, TIME_LIMIT_TICKS } from "#shared/config.ts";

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

interface Variable<Value> {
  name: string;
  parse: z.ZodType<Value>;
  /** Ends the sentence "allowed is …". */
  allowed: string;
  /** Whether error messages must not show the value. */
  isSecret?: boolean;
}

/** A host or address, a port, a path. */
const ADDRESS = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?(\/[\w.~-]+)*$/i;

/** Every variable, by its name in ServerConfig. docs/security.md lists those that an operator must set. */
export const VARIABLES = {
  port: wholeNumber("PORT", 0, 65535, DEFAULT_PORT, "0 is any free port"),
  host: {
    name: "HOST",
    parse: z
      .string()
      .regex(/^[\w.:-]+$/)
      .default("0.0.0.0"),
    allowed: "an address or a host name to listen on, such as 127.0.0.1",
  },
  logLevel: {
    name: "LOG_LEVEL",
    parse: z.enum(LOG_LEVELS).default("info"),
    allowed: `one of ${LOG_LEVELS.join(", ")}`,
  },
  /** In development, requests of this machine need no token and are exempt from limits. */
  production: {
    name: "NODE_ENV",
    parse: z
      .enum(["production", "development", "test"])
      .default("development")
      .transform((mode) => mode === "production"),
    allowed: "production, development or test",
  },
  publicUrl: {
    name: "PUBLIC_URL",
    parse: z.string().refine(isOrigin).optional(),
    allowed: "where players find this server, such as https://fracas.example, without a path",
  },
  allowedOrigins: {
    name: "ALLOWED_ORIGINS",
    parse: list(z.string().refine(isOrigin)),
    allowed: "origins with commas between, such as https://a.example,https://b.example",
  },
  trustedProxies: {
    name: "TRUSTED_PROXIES",
    parse: list(z.string().refine(isProxy)),
    allowed: "addresses or subnets with commas between, such as 127.0.0.1,10.0.0.0/8",
  },
  redisUrl: {
    name: "REDIS_URL",
    parse: z
      .string()
      .regex(/^rediss?:\/\/\S+$/)
      .optional(),
    allowed: "a Redis address, such as redis://127.0.0.1:6379",
    isSecret: true,
  },
  /** Where pages reach this machine's rooms, as Colyseus' SDK takes it: the page's own scheme stands before it. */
  publicAddress: {
    name: "PUBLIC_ADDRESS",
    parse: z.string().transform(addressIn).pipe(z.string().regex(ADDRESS)).optional(),
    allowed: "where players reach this machine, such as m2.fracas.example or fracas.example/m2",
  },
  dataDir: {
    name: "DATA_DIR",
    parse: z.string().default("data"),
    allowed: "a folder in which the server keeps what must outlive it",
  },
  replaysMaxMb: wholeNumber(
    "REPLAYS_MAX_MB",
    0,
    999_999,
    1024,
    "disk space for replays of matches; 0 records none",
  ),
  replaysMax: wholeNumber("REPLAYS_MAX", 1, 100_000, 2000, "replays that are kept"),
  replaysDays: wholeNumber("REPLAYS_DAYS", 1, 3650, 30, "how long replays are kept"),
  arenasMaxMb: wholeNumber(
    "ARENAS_MAX_MB",
    0,
    999_999,
    256,
    "room in the database for arenas that players bring; 0 takes none",
  ),
  /** Unset: SQLite, in a file in DATA_DIR. */
  databaseUrl: {
    name: "DATABASE_URL",
    parse: z
      .string()
      .regex(/^postgres(ql)?:\/\/\S+$/)
      .optional(),
    allowed: "a PostgreSQL address, such as postgres://fracas:secret@127.0.0.1/fracas",
    isSecret: true,
  },
  /** Gets each finished public match. Discord's addresses are secrets. */
  webhookUrl: {
    name: "WEBHOOK_URL",
    parse: z.string().refine(isHttpAddress).optional(),
    allowed: "an address that takes POST requests, such as https://example.com/matches",
    isSecret: true,
  },
  webhookSecret: secret("WEBHOOK_SECRET", 24),
  webhookAllowPrivate: {
    name: "WEBHOOK_ALLOW_PRIVATE",
    parse: z
      .enum(["0", "1"])
      .default("0")
      .transform((flag) => flag === "1"),
    allowed: "1, if WEBHOOK_URL is in a network of your own, or 0",
  },
  /** Unset: the secret comes from a file in DATA_DIR (services/secretFile.ts). */
  jwtSecret: secret("JWT_SECRET", 32),
  /** The previous JWT_SECRET, accepted for a day (services/formerSecret.ts). */
  jwtSecretOld: secret("JWT_SECRET_OLD", 32),
  openIdIssuer: {
    name: "OPENID_ISSUER",
    parse: z.string().refine(isIssuer).optional(),
    allowed: "the address of an OpenID provider, such as https://id.example, with https but on this machine",
  },
  openIdClientId: { name: "OPENID_CLIENT_ID", parse: z.string().optional(), allowed: "any text" },
  openIdClientSecret: secret("OPENID_CLIENT_SECRET", 1),
  openIdName: { name: "OPENID_NAME", parse: z.string().max(32).optional(), allowed: "at most 32 characters" },
  metricsToken: secret("METRICS_TOKEN", 16),
  botToken: secret("BOT_TOKEN", 16),
  adminPassword: secret("ADMIN_PASSWORD", 12),
  /** By default the whole stop ends within the 10 s after which Docker kills (drain.ts adds the time to close). */
  drainSeconds: wholeNumber("DRAIN_SECONDS", 0, 3600, 5, "how long a stop waits for matches to end"),
  matchSeconds: wholeNumber(
    "MATCH_SECONDS",
    5,
    3600,
    TIME_LIMIT_TICKS / TICKS_PER_SEC,
    "how long a match lasts when nobody reaches the score limit before",
  ),
  scoreLimit: wholeNumber("SCORE_LIMIT", 0, 10_000, 0, "what ends a public match; 0: the mode's own"),
  roomPlayers: wholeNumber("ROOM_PLAYERS", 1, 10_000, MAX_PLAYERS, "players that a public room holds"),
  /** Unset, or not made for the mode: the smallest map that holds ROOM_PLAYERS. */
  roomMap: {
    name: "ROOM_MAP",
    parse: z
      .string()
      .regex(/^[\w-]{1,32}$/)
      .optional(),
    allowed: "the name of a map with which public rooms begin, such as orchard",
  },
  maxRooms: wholeNumber("MAX_ROOMS", 1, 10_000, 200, "rooms that this server holds"),
  maxClients: wholeNumber("MAX_CLIENTS", 1, 100_000, 1000, "players that this server holds"),
  /** 1: all in one process. More: a front process, and this many that have rooms. */
  processes: {
    name: "PROCESSES",
    parse: z
      .string()
      .regex(/^(auto|[1-9]|[1-5]\d|6[0-4])$/)
      .default("1")
      .transform((text) => (text === "auto" ? availableParallelism() : Number(text))),
    allowed: "a whole number from 1 to 64 (processes that have rooms), or auto for one a core",
  },
} satisfies Record<string, Variable<unknown>>;

export type ServerConfig = {
  [Key in keyof typeof VARIABLES]: z.output<(typeof VARIABLES)[Key]["parse"]>;
};

export class ConfigError extends Error {}

/** Throws ConfigError with a message of one line. An empty variable counts as unset. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): ServerConfig {
  const entries = Object.entries(VARIABLES).map(([key, variable]) => [key, read(environment, variable)]);
  const config = Object.fromEntries(entries) as ServerConfig;
  assertOpenIdComplete(config);
  assertSharedSecret(config);
  return config;
}

/** Throws ConfigError if this machine would draw a secret of its own, and refuse the identities of the others. */
function assertSharedSecret({ redisUrl, jwtSecret }: ServerConfig): void {
  if (redisUrl && !jwtSecret)
    throw new ConfigError(
      "REDIS_URL needs JWT_SECRET, the same on every machine: a player of one must be known on the others.",
    );
}

/** Throws ConfigError if only some of the OpenID variables are set, or PUBLIC_URL is missing. */
function assertOpenIdComplete(config: ServerConfig): void {
  const { openIdIssuer, openIdClientId, openIdClientSecret, publicUrl } = config;
  const set = [openIdIssuer, openIdClientId, openIdClientSecret];
  if (set.every((value) => value === undefined)) return;
  if (set.some((value) => value === undefined) || publicUrl === undefined)
    throw new ConfigError(
      "OPENID_ISSUER, OPENID_CLIENT_ID and OPENID_CLIENT_SECRET need one another, and PUBLIC_URL.",
    );
}

function read(
  environment: Readonly<Record<string, string | undefined>>,
  { name, parse, allowed, isSecret }: Variable<unknown>,
): unknown {
  const text = environment[name]?.trim() || undefined;
  const parsed = parse.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    `${name} is ${isSecret ? "wrong" : JSON.stringify(text)}, but allowed is ${allowed}.`,
  );
}

function wholeNumber(name: string, min: number, max: number, byDefault: number, meaning: string) {
  const parse = z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .refine((number) => number >= min && number <= max)
    .default(byDefault);
  return { name, parse, allowed: `a whole number from ${min} to ${max} (${meaning})` };
}

function secret(name: string, minChars: number) {
  const parse = z.string().min(minChars).optional();
  return { name, parse, allowed: `a secret of at least ${minChars} characters`, isSecret: true };
}

function list(part: z.ZodType<string, string>) {
  return z
    .string()
    .default("")
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(part));
}

/** Accepts scheme, host and port only: anything else would be ignored without notice. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, origin } = new URL(text);
  return /^https?:$/.test(protocol) && origin === text.replace(/\/$/, "");
}

/** A URL without its scheme, and without slashes at the end. */
function addressIn(text: string): string {
  return text.replace(/^(https?|wss?):\/\//i, "").replace(/\/+$/, "");
}

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  return new URL(text).protocol === "https:" || (new URL(text).protocol === "http:" && isLoopback(text));
}

function isHttpAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isProxy(text: string): boolean {
  try {
    proxyaddr.compile(text);
    return true;
  } catch {
    return false;
  }
}
