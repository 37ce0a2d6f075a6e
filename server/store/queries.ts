/** All questions that the store answers, by name. Each is in the file of its subject. */

import * as arenas from "./arenas/arenas.ts";
import * as drafts from "./arenas/drafts.ts";
import * as gallery from "./arenas/gallery.ts";
import * as published from "./arenas/published.ts";
import * as ratings from "./arenas/ratings.ts";
import * as sweep from "./arenas/sweep.ts";
import * as versions from "./arenas/versions.ts";
import type { Db } from "./database/database.ts";
import * as leaderboards from "./pages/leaderboards.ts";
import * as matches from "./pages/matches.ts";
import * as profiles from "./pages/profiles.ts";
import * as accountData from "./players/accountData.ts";
import * as accounts from "./players/accounts.ts";
import * as credentials from "./players/credentials.ts";
import * as forget from "./players/forget.ts";
import * as looks from "./players/looks.ts";
import * as players from "./players/players.ts";
import * as sessions from "./players/sessions.ts";
import * as results from "./results/results.ts";

/** Question and answer must survive a structured clone. */
export type Query<Question, Answer> = (db: Db, question: Question) => Promise<Answer>;

export const QUERIES = {
  ...accountData.queries,
  ...accounts.queries,
  ...arenas.queries,
  ...credentials.queries,
  ...drafts.queries,
  ...forget.queries,
  ...gallery.queries,
  ...leaderboards.queries,
  ...looks.queries,
  ...matches.queries,
  ...players.queries,
  ...profiles.queries,
  ...published.queries,
  ...ratings.queries,
  ...results.queries,
  ...sessions.queries,
  ...sweep.queries,
  ...versions.queries,
};

export type Queries = typeof QUERIES;
export type QueryName = keyof Queries;
