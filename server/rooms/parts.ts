/** What a host's actions, and a player's change of place, work on. */
import type { Answer, RefusedReason } from "#shared/protocol/answer.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import type { ArenaWorld } from "#shared/sim/createWorld.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Bans } from "./bans.ts";
import type { Bots } from "./bots.ts";
import type { Fight } from "./fight.ts";
import type { Hosting } from "./hosting.ts";
import type { MatchFlow } from "./matchFlow.ts";
import type { People } from "./people.ts";
import type { Settings } from "./settings.ts";
import type { Talk } from "./talk.ts";
import type { Views } from "./views.ts";

export interface ArenaParts {
  readonly world: ArenaWorld;
  readonly settings: Settings;
  readonly bots: Bots;
  readonly fight: Fight;
  readonly flow: MatchFlow;
  readonly hosting: Hosting;
  readonly people: People;
  readonly views: Views;
  readonly bans: Bans;
  readonly talk: Talk;
  /** What one needs to come in; empty: nothing. */
  password: string;
  /** Tells everybody in the room. */
  tell(notice: Notice): void;
  /** Something happened that no step will speak of: everybody who may know of it is told, and the match goes on from it. */
  happened(events: readonly SimEvent[]): void;
}

export const OK: Answer = { ok: true };
export const refused = (reason: RefusedReason): Answer => ({ ok: false, reason });
