/**
 * Loaded before everything else of each process (NODE_OPTIONS): what a deploy brings, as a test says it in a file. "newer" is
 * code of the next protocol version, "broken" is code that fails at its start, "stuck" is code that never opens its store.
 */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";

const file = process.env.NEW_CODE_FILE ?? "";

export type NewCode = "same" | "newer" | "broken" | "stuck";

function newCode(): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "same";
  }
}

const REPLACED: Readonly<Record<string, { ending: string; source: string }>> = {
  newer: { ending: "/shared/protocol/version.ts", source: "export const PROTOCOL_VERSION = 65000;" },
  stuck: {
    ending: "/server/lasting.ts",
    source:
      "export const openLasting = () => new Promise(() => {}); export const exposeLastingGauges = () => {};",
  },
  broken: { ending: "/server/app.ts", source: 'throw new Error("a mistake in the new code");' },
};

const replaced = REPLACED[newCode()];
if (replaced) {
  registerHooks({
    load: (url, context, next) =>
      url.endsWith(replaced.ending)
        ? { format: "module", source: replaced.source, shortCircuit: true }
        : next(url, context),
  });
}
