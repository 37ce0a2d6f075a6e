/**
 * A table of options → their values, or help, or one line that says what is allowed. For every script that takes
 * options; environment variables have their own (server/config.ts).
 */
import { parseArgs } from "node:util";
import { z } from "zod";

export interface Option<Value> {
  /** As typed, without the two hyphens. */
  readonly name: string;
  /** What is not given is undefined, or false for a flag. */
  readonly parse: z.ZodType<Value>;
  /** Ends the sentence "allowed is …". */
  readonly allowed: string;
  /** For --help. */
  readonly meaning: string;
  /** A value, for --help; a flag has none, and takes none. */
  readonly example: string | undefined;
}

/** By what the program calls them. */
export type OptionTable = Readonly<Record<string, Option<unknown>>>;

export type OptionValues<Table extends OptionTable> = {
  [Key in keyof Table]: z.output<Table[Key]["parse"]>;
};

export class OptionError extends Error {}

export const HELP = "help";

/** `rule` is one of values.ts. */
export const option = <Value>(
  name: string,
  { parse, allowed }: { parse: z.ZodType<Value>; allowed: string },
  meaning: string,
  example: string,
): Option<Value> => ({ name, parse, allowed, meaning, example });

export const flag = (name: string, meaning: string): Option<boolean> => ({
  ...{ name, meaning, allowed: "nothing: it is a flag", example: undefined },
  parse: z.boolean().default(false),
});

/** `args`: what follows the script's name on the command line. Throws OptionError with one line. */
export function parseOptions<Table extends OptionTable>(
  table: Table,
  args: readonly string[],
): OptionValues<Table> | typeof HELP {
  const { given, unknown } = readArguments(table, args);
  if (given.has(HELP)) return HELP;
  const entries = Object.entries(table).map(([key, each]) => [key, read(each, given.get(each.name))]);
  // Last, for a value that was forgotten makes the next one look like a word too many.
  if (unknown !== undefined) {
    throw new OptionError(`${unknown} is no option; allowed are ${namesOf(table).join(", ")}.`);
  }
  return Object.fromEntries(entries);
}

function read({ name, parse, allowed }: Option<unknown>, given: string | boolean | undefined): unknown {
  const parsed = parse.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new OptionError(`--${name} is ${JSON.stringify(given)}, but allowed is ${allowed}.`);
}

const namesOf = (table: OptionTable) =>
  [...Object.values(table).map(({ name }) => name), HELP].map((name) => `--${name}`);

/** Not strict, for our own words: those of parseArgs run over several sentences and name no alternatives. */
function readArguments(table: OptionTable, args: readonly string[]) {
  const flags = new Set([HELP]);
  for (const { name, example } of Object.values(table)) if (example === undefined) flags.add(name);
  const names = new Set([...Object.values(table).map(({ name }) => name), HELP]);
  const options = Object.fromEntries(
    Array.from(names, (name) => [name, { type: flags.has(name) ? "boolean" : "string" } as const]),
  );
  const given = new Map<string, string | boolean>();
  let unknown: string | undefined;
  for (const token of parseArgs({ args: [...args], options, strict: false, tokens: true }).tokens) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "positional") unknown ??= token.value;
    else if (!names.has(token.name)) unknown ??= token.rawName;
    else given.set(token.name, token.value ?? (flags.has(token.name) ? true : ""));
  }
  return { given, unknown };
}

/** `usage` says in a line or two what the script does, and how it is called. */
export function helpText(usage: string, table: OptionTable): string {
  const rows = Object.values(table).map(({ name, example, meaning, allowed }) => ({
    typed: `--${name}${example === undefined ? "" : ` ${example}`}`,
    said: example === undefined ? meaning : `${meaning}: ${allowed}`,
  }));
  const width = Math.max(...rows.map(({ typed }) => typed.length)) + 2;
  return [usage, ...rows.map(({ typed, said }) => `  ${typed.padEnd(width)}${said}`)].join("\n");
}
