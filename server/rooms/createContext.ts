/** Creates the parts of a room from its join options, and sets up its first match. */
import type { Client } from "@colyseus/core";
import { openBans } from "#server/admission/bans.ts";
import { arenaOf } from "#server/arenas.ts";
import { joinFrame, sendFullState } from "#server/colyseus/internals.ts";
import { tapes } from "#server/services/replays/replays.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { beginMatch, setUpMatch } from "#shared/modes/match.ts";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { RoomSettings, rulesUnder } from "#shared/protocol/roomSettings.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { Activity } from "./activity.ts";
import { Chat } from "./chat/chat.ts";
import type { RoomContext } from "./context.ts";
import { Emotes } from "./emotes.ts";
import type { FaultTolerantRoom } from "./FaultTolerantRoom.ts";
import { FlightRecorder } from "./flight/flightRecorder.ts";
import { Incidents } from "./flight/incidents.ts";
import { HostSuccession } from "./host/hostSuccession.ts";
import { BotSkill } from "./match/botSkill.ts";
import { MatchFlow } from "./match/matchFlow.ts";
import { MatchRecord } from "./match/matchRecord.ts";
import { People } from "./people.ts";
import { Recording } from "./recording/recording.ts";
import { assertPlayable, type PublicRules, publicSettings, Settings } from "./settings.ts";
import { sendEvents } from "./sync/eventFanout.ts";
import type { Outbox } from "./sync/outbox.ts";
import type { Views } from "./sync/serializer.ts";
import { Visibility } from "./sync/visibility.ts";
import { Bots } from "./tick/bots.ts";
import type { History } from "./tick/history.ts";
import { LagCompensation } from "./tick/lagCompensation.ts";
import type { RoundTrips } from "./tick/roundTrips.ts";
import { type Inputs, RoomTick } from "./tick/tick.ts";

/** What the room itself creates, since Colyseus needs it earlier. */
export interface RoomBase {
  readonly room: FaultTolerantRoom;
  readonly world: ArenaWorld;
  readonly inputs: Inputs;
  readonly history: History;
  readonly roundTrips: RoundTrips;
  readonly views: Views;
  readonly outbox: Outbox;
  /** Receive patches and events as the room's clients do. */
  readonly recorders: Client[];
  happened(events: readonly SimEvent[]): void;
}

/**
 * The first match begins at once in a public room and where an arena is tried out; other hosted rooms wait for their host.
 * Throws ServerError with REFUSAL.badSettings.
 */
export function createContext(
  base: RoomBase,
  options: JoinOptions,
  rules?: PublicRules,
  isTryOut = false,
): RoomContext {
  const { room, world, inputs, history, roundTrips, views, outbox, recorders, happened } = base;
  const { state } = world;
  const settings = new Settings(state, settingsFor(options, rules));
  const { now } = settings;
  setUpMatch(world, arenaOf(now.map), rulesUnder(now));
  if (options.private)
    Object.assign(state, { hosted: true, held: !isTryOut, password: options.password !== "" });
  const bots = new Bots(world);
  bots.train(now.botSkill);
  const lagCompensation = new LagCompensation(history, (id) => roundTrips.of(id));
  const nowMs = () => room.clock.elapsedTime;
  const activity = new Activity(nowMs);
  const bans = openBans(room.roomId);
  const people = new People(room, bans, () => world.rules.mode);
  const record = new MatchRecord(world, people);
  if (!options.private || isTryOut) {
    beginMatch(world);
    record.begin();
  }
  const notify: RoomContext["notify"] = (notice) => room.notify(notice);
  const visibility = new Visibility({
    world,
    settings,
    views,
    outbox,
    leanOf: (id) => context.roomTick.leanOf(id),
    nowMs,
    sendFullState: (client: Client) => sendFullState(room, client),
  });
  const flight = new FlightRecorder(world);
  const context: RoomContext = {
    world,
    settings,
    bots,
    botSkill: new BotSkill(world, bots, people),
    bans,
    visibility,
    nowMs,
    notify,
    happened,
    sendEvents: (events) => sendEvents([...room.clients, ...recorders], visibility, world, events),
    roomTick: new RoomTick({ world, bots, inputs, lagCompensation, activity, flight }),
    incidents: new Incidents(flight, () => room.roomId),
    activity,
    flow: new MatchFlow(world, bots, settings, people.strengthOf, () => notify({ type: "mapGone" })),
    record,
    recording: new Recording({
      ...{ world, settings, record, visibility, recorders, tapes, nowMs },
      room: room.roomId,
      handshake: () => joinFrame(room),
    }),
    succession: new HostSuccession(state.roster, room.clock, (name) => {
      context.hasChanged = true;
      notify({ type: "host", name });
    }),
    people,
    chat: new Chat(world),
    emotes: new Emotes({
      world,
      leanOf: (id) => context.roomTick.leanOf(id),
      send: (events) => context.sendEvents(events),
    }),
    password: options.private ? options.password : "",
    hasChanged: false,
  };
  return context;
}

function settingsFor({ private: hosted, settings, mode }: JoinOptions, rules?: PublicRules): RoomSettings {
  return hosted ? assertPlayable(settings ?? RoomSettings.parse({})) : publicSettings(mode, rules);
}
