/** What the crowd tells the threads that its bots live in, and what they answer. */

import type { ProfileName } from "#loadtest/network/profiles.ts";
import type { SkillName } from "#shared/brain/skill.ts";
import type { Sample } from "./tally.ts";

/** How a bot gets into a room: by quick play, by making one for so many players, or into this one. */
export type Way = { kind: "quick" } | { kind: "own"; players: number } | { kind: "room"; roomId: string };

export interface BotSpec {
  /** Unique in a run; its name and its luck. */
  readonly number: number;
  readonly way: Way;
  /** Sends real commands, and counts what it is sent without decoding it. */
  readonly light: boolean;
  readonly spectates: boolean;
}

/** The same for all bots of a thread. */
export interface ThreadSetup {
  readonly endpoint: string;
  readonly token: string;
  readonly seed: number;
  readonly skill: SkillName;
  /** Between the bots and the server. */
  readonly network: ProfileName;
}

export type Order =
  | { do: "enter"; bot: BotSpec }
  /** Like a player who has had enough. */
  | { do: "leave"; bot: number }
  /** Without a word, as when a network ends; they come back by themselves. */
  | { do: "drop"; bots: number[] }
  | { do: "ask"; bot: number; request: Request }
  | { do: "sample" };

/** What a room answers. Hosted rooms know these. */
export type Request =
  | { type: "chat"; message: { scope: "all"; text: string } }
  | { type: "host"; message: { do: "start" } };

export type Entered =
  /** `held`: the match waits for its host. */
  { entered: true; roomId: string; spectates: boolean; held: boolean } | { entered: false; why: string };
export type Agreed = { agreed: true } | { agreed: false; why: string };

export interface Answers {
  enter: Entered;
  leave: undefined;
  drop: undefined;
  ask: Agreed;
  sample: Sample;
}

export type AnswerTo<Some extends Order> = Answers[Some["do"]];

/** Main thread → bots' thread. */
export interface Asked {
  id: number;
  order: Order;
}

/** Bots' thread → main thread: an answer, or news that nobody asked for. */
export type Told =
  | { id: number; answer: Answers[keyof Answers] }
  | { news: "ready" }
  /** A bot is out of its room, and will not come back by itself. */
  | { news: "gone"; bot: number }
  | { news: "dropped"; bot: number }
  | { news: "back"; bot: number };
