/** Environment variables, parsed once. A wrong one stops the start with a line that says what is allowed. */
import { z } from "zod";
import { DEFAULT_PORT } from "#shared/config.ts";

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

interface Variable<Value> {
  parse: z.ZodType<Value>;
  /** Ends the sentence "allowed is …". */
  allowed: string;
}

const variable = <Value>(parse: z.ZodType<Value>, allowed: string): Variable<Value> => ({ parse, allowed });

const VARIABLES = {
  PORT: variable(
    z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .refine((port) => port <= 65535)
      .default(DEFAULT_PORT),
    "a whole number from 0 (any free port) to 65535",
  ),
  HOST: variable(
    z
      .string()
      .regex(/^[\w.:-]+$/)
      .default("0.0.0.0"),
    "an address or a host name to listen on, such as 127.0.0.1",
  ),
  LOG_LEVEL: variable(z.enum(LOG_LEVELS).default("info"), `one of ${LOG_LEVELS.join(", ")}`),
};

export interface ServerConfig {
  port: number;
  host: string;
  logLevel: (typeof LOG_LEVELS)[number];
}

export class ConfigError extends Error {}

/** Throws ConfigError with one line. An empty variable counts as not set. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): ServerConfig {
  return {
    port: read("PORT", VARIABLES.PORT),
    host: read("HOST", VARIABLES.HOST),
    logLevel: read("LOG_LEVEL", VARIABLES.LOG_LEVEL),
  };

  function read<Value>(name: string, { parse, allowed }: Variable<Value>): Value {
    const text = environment[name]?.trim() || undefined;
    const parsed = parse.safeParse(text);
    if (parsed.success) return parsed.data;
    throw new ConfigError(`${name} is ${JSON.stringify(text)}, but allowed is ${allowed}.`);
  }
}
