/** Composes a room's snapshot from its parts, and restores them in a new room. */
import { generateId, ServerError } from "@colyseus/core";
import {
  type PersonForm,
  type RoomSnapshot,
  SNAPSHOT_VERSION,
  visitorOf,
} from "#server/admission/roomSnapshot.ts";
import { keepSeatFor } from "#server/admission/seatOwners.ts";
import { setElapsed } from "#server/colyseus/internals.ts";
import { skipRefIds } from "#server/colyseus/refIds.ts";
import { dropFormerClient } from "#server/colyseus/seatsWithoutClient.ts";
import { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import type { RoomContext } from "./context.ts";
import type { FaultTolerantRoom } from "./FaultTolerantRoom.ts";
import { isArenaLost, withoutMatch } from "./lostArena.ts";
import { freeSeat } from "./seats.ts";
import { isPlayable, playable } from "./settings.ts";
import { restoreWorld, snapshotWorld } from "./worldSnapshot.ts";

/** The time between two instances of a room, at most: no older snapshot is restored (FILE_MAX_AGE_MS). */
const BETWEEN_MAX_MS = 3_600_000;

/**
 * Options with which the server opens a room again. A class, because whatever a client asks for is JSON, which holds no
 * instance: in development its options reach the room unread.
 */
export class Reopening {
  readonly snapshot: RoomSnapshot;

  constructor(snapshot: RoomSnapshot) {
    this.snapshot = snapshot;
  }
}

/** Call between two ticks. Takes 0.4 ms for 16 players and 1.6 ms for 200 (medians on a busy core). */
export function takeSnapshot(room: FaultTolerantRoom, context: RoomContext): RoomSnapshot {
  const {
    world,
    settings,
    bots,
    botSkill,
    people,
    bans,
    chat,
    succession,
    flow,
    record,
    recording,
    visibility,
  } = context;
  return {
    version: SNAPSHOT_VERSION,
    code: room.roomId,
    hosted: world.state.hosted,
    protocol: PROTOCOL_VERSION,
    takenAtMs: Date.now(),
    elapsedMs: room.clock.elapsedTime,
    settings: settings.now,
    password: context.password,
    ...people.snapshot(),
    bans: bans.snapshot(),
    chat: chat.snapshot(),
    standIn: succession.snapshot(),
    votes: flow.vote.snapshot(),
    followed: visibility.followed(),
    botsCreated: bots.created,
    botSkills: botSkill.snapshot(),
    match: record.snapshot(),
    recording: recording.snapshot(),
    world: snapshotWorld(world),
  };
}

/**
 * Call before anything is added to the room's state: the clients' clocks and decoded instances are those of the room's
 * earlier instance.
 */
export function continueFrom(room: FaultTolerantRoom, { elapsedMs, takenAtMs, world }: RoomSnapshot): void {
  // The wall clock may have been set in between.
  const sinceMs = Math.min(Math.max(0, Date.now() - takenAtMs), BETWEEN_MAX_MS);
  setElapsed(room.clock, elapsedMs + sinceMs);
  skipRefIds(room.state, world.nextRefId);
}

/** The options with which a room of the snapshot's kind opens. */
export const optionsOf = ({ hosted, password, settings }: RoomSnapshot): JoinOptions => ({
  ...JoinOptions.parse({}),
  private: hosted,
  password,
  settings: playable(settings),
});

/**
 * Restores everything but the seats (keepSeats). The context must be one for the snapshot's kind of room, without anybody
 * in it. Throws ServerError with REFUSAL.badSettings if this server does not have the match's map; another map of the
 * settings is replaced. Returns whether the match is lost, because somebody had brought its arena, and it is gone.
 */
export function restoreSnapshot(context: RoomContext, snapshot: RoomSnapshot): boolean {
  const isLost = isArenaLost(snapshot);
  restoreParts(context, isLost ? withoutMatch(snapshot) : snapshot);
  // Places drones anew: they may be inside walls.
  if (isLost) context.flow.setUp();
  return isLost;
}

function restoreParts(context: RoomContext, snapshot: RoomSnapshot): void {
  const {
    world,
    settings,
    bots,
    botSkill,
    people,
    bans,
    chat,
    succession,
    flow,
    record,
    recording,
    visibility,
  } = context;
  const { roster } = world.state;
  const { map, mode } = snapshot.world.state;
  if (!isPlayable({ map, mode })) {
    throw new ServerError(REFUSAL.badSettings, `This server cannot go on with ${mode} on the map "${map}".`);
  }
  settings.change(playable(snapshot.settings));
  context.password = snapshot.password;
  world.state.password = snapshot.password !== "";
  restoreWorld(world, snapshot.world, settings.now);
  const isThere = new Set(snapshot.people.map(({ seat }) => seat));
  // Somebody was being removed.
  for (const [id, { bot }] of [...roster.entries()]) if (!bot && !isThere.has(id)) freeSeat(world.state, id);
  people.restore(snapshot.people, snapshot.mutes);
  bans.restore(snapshot.bans);
  chat.restore(snapshot.chat);
  succession.restore(snapshot.standIn);
  const connected = snapshot.world.roster.flatMap(([id, seat]) => (seat.connected ? [id] : []));
  flow.vote.restore(snapshot.votes, connected);
  record.restore(snapshot.match);
  recording.restore(snapshot.recording);
  // They were created for the settings' map.
  bots.forgetArena();
  visibility.reset();
  visibility.restoreFollowed(snapshot.followed.filter(([spectator]) => isThere.has(spectator)));
  bots.train(settings.now.botSkill);
  botSkill.restore(snapshot.botSkills);
  const seatsOfBots = [...roster.entries()].flatMap(([id, { bot }]) => (bot ? [id] : []));
  bots.restore(seatsOfBots, snapshot.botsCreated);
}

/**
 * Keeps each seat for as long as that of any dropped player, under its session id and with the same token. Call
 * at the end of onCreate.
 */
export async function keepSeats(
  room: FaultTolerantRoom,
  { roomTick, chat, world }: RoomContext,
  { people, protocol }: RoomSnapshot,
): Promise<void> {
  // A page of another protocol cannot read this room: its token is not valid, so that it joins anew and reloads.
  const tokenOf = ({ token }: PersonForm) => (protocol === PROTOCOL_VERSION && token) || generateId();
  for (const person of people) {
    const { seat: sessionId } = person;
    if (!world.state.roster.get(sessionId)) continue;
    const visitor = visitorOf(person.visitor);
    const { identity, network, entrant } = visitor;
    chat.enter(sessionId, { identity, network });
    if (world.state.drones.get(sessionId)) roomTick.addPlayer(sessionId);
    const token = tokenOf(person);
    keepSeatFor(sessionId, token, identity);
    const auth = { ...visitor, name: entrant.name, password: "", spectate: false };
    await dropFormerClient(room, { sessionId, token, auth });
  }
  // Locks the room if its seats are all taken, as joins would have.
  await room.setMatchmaking({ maxClients: room.maxClients });
}
