/** Who somebody is: the player behind an identity, the name they play under, and their skill. */
import type { ModeName } from "#shared/schema/names.ts";
import type { Db } from "./database.ts";

/** Somebody who enters a room. */
export interface Entrant {
  /** The account's name; a guest's wanted name, or null when an account has it. */
  name: string | null;
  isAccount: boolean;
  /** Points by mode in the current season; a mode without a rated game is missing. */
  points: Partial<Record<ModeName, number>>;
}

async function entrantOf(
  db: Db,
  question: { identity: string; wanted: string; atMs: number },
): Promise<Entrant> {
  void db;
  return { name: question.wanted, isAccount: false, points: {} };
}

export const queries = { entrantOf };
