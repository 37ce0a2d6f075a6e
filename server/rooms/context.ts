/** The parts of a room that joins, host actions and players' requests work on. */
import type { Bans } from "#server/admission/bans.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import type { Answer, RefusedReason } from "#shared/protocol/answer.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Activity } from "./activity.ts";
import type { Chat } from "./chat/chat.ts";
import type { Emotes } from "./emotes.ts";
import type { Incidents } from "./flight/incidents.ts";
import type { HostSuccession } from "./host/hostSuccession.ts";
import type { BotSkill } from "./match/botSkill.ts";
import type { MatchFlow } from "./match/matchFlow.ts";
import type { MatchRecord } from "./match/matchRecord.ts";
import type { People } from "./people.ts";
import type { Recording } from "./recording/recording.ts";
import type { Settings } from "./settings.ts";
import type { Visibility } from "./sync/visibility.ts";
import type { Bots } from "./tick/bots.ts";
import type { RoomTick } from "./tick/tick.ts";

export interface RoomContext {
  readonly world: ArenaWorld;
  readonly settings: Settings;
  readonly bots: Bots;
  readonly botSkill: BotSkill;
  readonly roomTick: RoomTick;
  readonly incidents: Incidents;
  readonly activity: Activity;
  readonly flow: MatchFlow;
  readonly record: MatchRecord;
  readonly recording: Recording;
  readonly succession: HostSuccession;
  readonly people: People;
  readonly visibility: Visibility;
  readonly bans: Bans;
  readonly chat: Chat;
  readonly emotes: Emotes;
  /** The password that a join needs; empty for none. */
  password: string;
  /**
   * Whether something has changed since the last snapshot that a crash must not undo: seats and their tokens, removals,
   * ranks, and whatever a host did.
   */
  hasChanged: boolean;
  /** Time of the room's clock, ms. */
  nowMs(): number;
  /** Sends a notice to every client. */
  notify(notice: Notice): void;
  /** Handles events from outside a step as if from one: sends them, then advances the match. */
  happened(events: readonly SimEvent[]): void;
  /** Sends events to the clients that may see them. */
  sendEvents(events: readonly SimEvent[]): void;
}

export const OK: Answer = { ok: true };
export const refused = (reason: RefusedReason): Answer => ({ ok: false, reason });
