/** What a host's actions, and a player's change of place, work on. */

import type { Bans } from "#server/admission/bans.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import type { Answer, RefusedReason } from "#shared/protocol/answer.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Talk } from "./chat/talk.ts";
import type { HostSuccession } from "./host/hostSuccession.ts";
import type { MatchFlow } from "./match/matchFlow.ts";
import type { People } from "./people.ts";
import type { Settings } from "./settings.ts";
import type { Visibility } from "./sync/visibility.ts";
import type { Bots } from "./tick/bots.ts";
import type { Fight } from "./tick/tick.ts";

export interface RoomContext {
  readonly world: ArenaWorld;
  readonly settings: Settings;
  readonly bots: Bots;
  readonly fight: Fight;
  readonly flow: MatchFlow;
  readonly hosting: HostSuccession;
  readonly people: People;
  readonly views: Visibility;
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
