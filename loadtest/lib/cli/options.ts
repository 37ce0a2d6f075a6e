/** Parses a command line by a table of options: for every script of this folder (the server's settings: server/config.ts). */
import { parseArgs } from "node:util";
import { z } from "zod";

export interface Option<Value> {
  /** As typed, without the hyphens. */
  readonly name: string;
  /** Gets the typed text, true for a flag, or undefined if the option is missing. */
  readonly parse: z.ZodType<Value>;
  /** Ends the sentence "expected …". */
  readonly allowed: string;
  /** A few words for --help. */
  readonly meaning: string;
  /** A value for --help; undefined for a flag, which takes none. */
  readonly example: string | undefined;
}

/** The keys are the program's names for the options. */
export type OptionTable = Readonly<Record<string, Option<unknown>>>;

export type OptionValues<Table extends OptionTable> = {
  [Key in keyof Table]: z.output<Table[Key]["parse"]>;
};

/** A wrong command line. The message is one line that names the option and what it takes. */
export class OptionError extends Error {}

/** What a script prints when it fails: one line for a wrong command line, the stack of any other error. */
export function errorText(error: unknown): string {
  if (error instanceof OptionError) return error.message;
  return error instanceof Error ? String(error.stack) : String(error);
}

export const HELP = "help";

/** For the second parameter see values.ts. */
export const option = <Value>(
  name: string,
  { parse, allowed }: { parse: z.ZodType<Value>; allowed: string },
  meaning: string,
  example: string,
): Option<Value> => ({ name, parse, allowed, meaning, example });

export const flag = (name: string, meaning: string): Option<boolean> => ({
  name,
  meaning,
  parse: z.boolean().default(false),
  allowed: "no value: it is a flag",
  example: undefined,
});

/** `args` follow the script's name on the command line; HELP if --help is among them. Throws OptionError. */
export function parseOptions<Table extends OptionTable>(
  table: Table,
  args: readonly string[],
): OptionValues<Table> | typeof HELP {
  const { given, unknown } = readArguments(table, args);
  if (given.has(HELP)) return HELP;
  const entries = Object.entries(table).map(([key, each]) => [key, read(each, given.get(each.name))]);
  // Checked last: if a value is missing, the option before it is what the message should name.
  if (unknown !== undefined) {
    throw new OptionError(`${unknown} is not an option; expected one of ${namesOf(table).join(", ")}.`);
  }
  return Object.fromEntries(entries);
}

function read({ name, parse, allowed }: Option<unknown>, given: string | boolean | undefined): unknown {
  const parsed = parse.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new OptionError(`--${name} is ${JSON.stringify(given)}; expected ${allowed}.`);
}

const namesOf = (table: OptionTable) =>
  [...Object.values(table).map(({ name }) => name), HELP].map((name) => `--${name}`);

/** Not strict: the errors of parseArgs are several sentences long and name no alternatives, so we word our own. */
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

/** `usage` is a line or two on what the script does and how to call it. */
export function helpText(usage: string, table: OptionTable): string {
  const rows = Object.values(table).map(({ name, example, meaning, allowed }) => ({
    typed: `--${name}${example === undefined ? "" : ` ${example}`}`,
    said: example === undefined ? meaning : `${meaning}: ${allowed}`,
  }));
  const width = Math.max(...rows.map(({ typed }) => typed.length)) + 2;
  return [usage, ...rows.map(({ typed, said }) => `  ${typed.padEnd(width)}${said}`)].join("\n");
}
