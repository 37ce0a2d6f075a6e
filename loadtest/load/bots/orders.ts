/** The messages between the crowd and the threads of its bots. */
import type { ProfileName } from "#loadtest/network/profiles.ts";
import type { SkillName } from "#shared/brain/skill.ts";
import type { Sample } from "./tally.ts";

/** How a bot gets a seat: by quick play, in a private room that it creates, or in an existing room. */
export type Way = { kind: "quick" } | { kind: "own"; players: number } | { kind: "room"; roomId: string };

export interface BotSpec {
  /** Unique in a run. Determines the bot's name and its random seed. */
  readonly number: number;
  readonly way: Way;
  /** Sends real commands, but only counts patches without decoding them. */
  readonly light: boolean;
  readonly spectates: boolean;
}

/** The same for all bots of a thread. */
export interface ThreadSetup {
  readonly endpoint: string;
  readonly token: string;
  readonly seed: number;
  readonly skill: SkillName;
  /** The network between the bots and the server. */
  readonly network: ProfileName;
}

export type Order =
  | { do: "enter"; bot: BotSpec }
  | { do: "leave"; bot: number }
  /** Ends connections without a close frame; the bots reconnect by themselves. */
  | { do: "drop"; bots: number[] }
  | { do: "ask"; bot: number; request: Request }
  | { do: "sample" };

/** The requests to a room that scenarios use. */
export type Request =
  | { type: "chat"; message: { scope: "all"; text: string } }
  | { type: "host"; message: { do: "start" } };

export type Entered =
  /** `isHeld`: the match waits for its host. */
  { entered: true; roomId: string; isHeld: boolean } | { entered: false; why: string };
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
export interface ToThread {
  id: number;
  order: Order;
}

/** Bots' thread → main thread: the answer to an order, or news. */
export type FromThread =
  | { id: number; answer: Answers[keyof Answers] }
  | { news: "ready" }
  /** The bot is out of its room and will not reconnect. */
  | { news: "gone"; bot: number }
  | { news: "dropped"; bot: number }
  | { news: "back"; bot: number };
