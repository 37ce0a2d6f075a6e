/** All questions that the store answers, by name. Each is in the file of its subject. */
import * as accountData from "./accountData.ts";
import * as accounts from "./accounts.ts";
import * as credentials from "./credentials.ts";
import type { Db } from "./database.ts";
import * as leaderboards from "./leaderboards.ts";
import * as matches from "./matches.ts";
import * as players from "./players.ts";
import * as profiles from "./profiles.ts";
import * as results from "./results.ts";
import * as sessions from "./sessions.ts";

/** Question and answer must survive a structured clone. */
export type Query<Question, Answer> = (db: Db, question: Question) => Promise<Answer>;

export const QUERIES = {
  ...accountData.queries,
  ...accounts.queries,
  ...credentials.queries,
  ...leaderboards.queries,
  ...matches.queries,
  ...players.queries,
  ...profiles.queries,
  ...results.queries,
  ...sessions.queries,
};

export type Queries = typeof QUERIES;
export type QueryName = keyof Queries;
