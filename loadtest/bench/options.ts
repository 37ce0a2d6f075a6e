/** What `npm run bench` is told. */
import { parseArgs } from "node:util";
import { z } from "zod";
import { SPREADS, type Spread } from "./scenario.ts";
import { SERVER_NAMES, type ServerName } from "./servers/names.ts";

export const USAGE = `npm run bench -- [options]

Runs the same players on Fracas and on its alternatives, in turn, one server process each, and compares what it costs.

  --players N,…   sizes, 8 to 1000 players in one room (default 50,100,200,400)
  --rounds N      every server and size is run so often; figures are medians (default 3)
  --seconds S     measured in each run, at most 200 (default 10)
  --warm-up S     before that, when everybody is in (default 3)
  --servers A,…   of ${SERVER_NAMES.join(", ")} (default all; without the floor there are no ratios)
  --spread S      equal: the same density at every size; whole: the largest field at every size (default equal)
  --seed S        of the movement (default 1)
  --profile       every server writes a CPU profile of itself beside the report
  --write-docs    put the tables into docs/performance.md as well`;

export interface Options {
  readonly players: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSec: number;
  readonly servers: readonly ServerName[];
  readonly spread: Spread;
  readonly seed: number;
  readonly profile: boolean;
  readonly writeDocs: boolean;
}

const list = <Value>(item: z.ZodType<Value, string>) =>
  z
    .string()
    .transform((text) => [...new Set(text.split(","))])
    .pipe(z.array(item).min(1));

/** Bots fill a smaller room of Fracas, and the wire's ids are for more than anybody will run on loopback. */
const Size = z.coerce.number<string>().int().min(8).max(1000);
/** A match of Fracas ends after five minutes, and the next one begins elsewhere. */
const MOST_SECONDS = 200;
const Flags = z.object({
  players: list(Size).default([50, 100, 200, 400]),
  rounds: z.coerce.number().int().min(1).max(99).default(3),
  seconds: z.coerce.number().min(1).max(MOST_SECONDS).default(10),
  "warm-up": z.coerce.number().min(1).max(60).default(3),
  servers: list(z.string().pipe(z.enum(SERVER_NAMES))).default([...SERVER_NAMES]),
  spread: z.enum(SPREADS).default("equal"),
  seed: z.coerce.number().int().default(1),
  profile: z.boolean().default(false),
  "write-docs": z.boolean().default(false),
});

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

/** Throws with a sentence for whoever typed it. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ players: text, rounds: text, seconds: text, "warm-up": text, servers: text, spread: text },
      ...{ seed: text, profile: flag, "write-docs": flag },
    },
  });
  const parsed = Flags.safeParse(values);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`--${String(issue?.path[0])}: ${issue?.message}`);
  }
  const { "warm-up": warmUpSec, "write-docs": writeDocs, servers, players, ...rest } = parsed.data;
  return {
    ...{ ...rest, warmUpSec, writeDocs },
    players: [...players].sort((a, b) => a - b),
    servers: SERVER_NAMES.filter((name) => servers.includes(name)),
  };
}
