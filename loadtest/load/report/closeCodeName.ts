/** Close codes in words. */
import { CloseCode } from "@colyseus/sdk";
import { CLOSE } from "#shared/protocol/closeCodes.ts";

const NAMES = new Map<number, string>([
  ...Object.entries(CloseCode).map(
    ([name, code]) => [Number(code), name.toLowerCase().replaceAll("_", " ")] as const,
  ),
  ...Object.entries(CLOSE).map(([name, code]) => [code, name] as const),
]);

/** "4000" → "4000 (consented)"; an unknown code stays as it is. */
export function closeCodeName(code: string): string {
  const name = NAMES.get(Number(code));
  return name ? `${code} (${name})` : code;
}
