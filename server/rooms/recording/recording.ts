/**
 * Records a room's matches, each from its first live tick to a moment after its results. It only gathers bytes: the tape
 * compresses and writes them elsewhere. A match that its host restarts or that everybody leaves has no result to be linked
 * from, and is not kept.
 */
import type { Client } from "@colyseus/core";
import type { RecordingForm } from "#server/admission/roomSnapshot.ts";
import { mapOf } from "#server/arenas.ts";
import { isFullState } from "#server/colyseus/internals.ts";
import { schemaFingerprint } from "#server/colyseus/schemaFingerprint.ts";
import type { MatchRecord } from "#server/rooms/match/matchRecord.ts";
import { createRecordingClient, msPerPose } from "#server/rooms/sync/recordingClient.ts";
import type { Visibility } from "#server/rooms/sync/visibility.ts";
import type { Tape, Tapes } from "#server/services/replays/tape.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import { type Frame, writeFrames } from "#shared/replay/frames.ts";
import { PEOPLE_MAX, REPLAY_FORMAT, type ReplayHead, type ReplayPerson } from "#shared/replay/replay.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { Marks } from "./marks.ts";

/** A segment begins with a whole state: a viewer can begin at any. */
export const SEGMENT_MS = 5_000;
/** A replay goes on for so long after its match has ended, and shows the results. */
export const AFTERMATH_MS = 3_000;
/** Once no tick has run for so long, as in a pause, nothing is recorded, and the replay's time stands still. */
export const STILL_MS = 1_000;
/** So often a tape on which nothing is written says that it has a writer: well within ORPHAN_MS of the sweep. */
const TOUCH_MS = 60_000;
/** A longer match is not kept. */
const LENGTH_MAX_MS = 3 * 3_600_000;
/** For so long after a replay's end, moment() answers with that end. Longer than results are shown. */
const LATELY_MS = 60_000;

export interface RecordingParts {
  readonly world: ArenaWorld;
  readonly settings: { readonly now: Pick<RoomSettings, "recorded" | "players"> };
  readonly record: Pick<MatchRecord, "matchId">;
  readonly visibility: Pick<Visibility, "resync" | "close">;
  /** The recording's client is among them while a match is recorded. */
  readonly recorders: Client[];
  readonly room: string;
  /** Undefined while the server records nothing. */
  tapes(): Tapes | undefined;
  /** Time of the room's clock, ms. */
  nowMs(): number;
  /** Colyseus' handshake, which describes the schema. */
  handshake(): Uint8Array;
}

const SCHEMA = schemaFingerprint();

/** A match that is being recorded. Times are of the room's clock, ms. */
interface Take {
  readonly match: string;
  readonly tape: Tape;
  /** When the replay would have begun without pauses. */
  fromMs: number;
  /** The moment of the replay at which it stands still; undefined while it goes on. */
  restsAtMs: number | undefined;
  /** Before the newest pause: `fromMs`, and the moment of the replay at which it stood still. */
  former: { readonly fromMs: number; readonly untilMs: number } | undefined;
  /** The newest tick, and when it was seen. */
  tick: number;
  tickedAtMs: number;
  touchedAtMs: number;
  readonly marks: Marks;
  readonly people: Map<string, ReplayPerson>;
  /** When the aftermath is over; undefined while the match lasts. */
  endsAtMs: number | undefined;
  /** The frames of the segment under way. */
  frames: Frame[];
  segmentFromMs: number;
}

/** The fields of a take whose first segment begins with the next patch. */
const noSegment = () => ({ frames: [], segmentFromMs: Number.NEGATIVE_INFINITY });

/** The fields of a take that goes on from `nowMs`. */
const goingOn = (nowMs: number) => ({
  ...{ restsAtMs: undefined, former: undefined, tick: -1, tickedAtMs: nowMs, touchedAtMs: nowMs },
  ...noSegment(),
});

/** The moment of the replay that shows what was at `roomMs`. */
function replayMs({ fromMs, restsAtMs, former }: Take, roomMs: number): number {
  const ms = roomMs - fromMs;
  if (restsAtMs !== undefined) return Math.min(ms, restsAtMs);
  return former && ms < former.untilMs ? Math.min(roomMs - former.fromMs, former.untilMs) : ms;
}

export class Recording {
  readonly #parts: RecordingParts;
  readonly #client = createRecordingClient((frame) => this.#receive(frame));
  #take: Take | undefined;
  /** The match that was recorded last. It is not begun a second time. */
  #lastMatch: string | undefined;
  /** The replay that was finished last, until the next one begins. */
  #last: { readonly match: string; readonly fromMs: number; readonly lengthMs: number } | undefined;

  constructor(parts: RecordingParts) {
    this.#parts = parts;
  }

  /** The replay that shows the room as it was `agoMs` ago, and the moment in it. Undefined if no replay does. */
  moment(agoMs: number): { id: string; atMs: number } | undefined {
    const seenAtMs = this.#parts.nowMs() - agoMs;
    const take = this.#take;
    const atMs = take ? replayMs(take, seenAtMs) : -1;
    if (take && atMs >= 0) return { id: take.match, atMs: Math.round(atMs) };
    const last = this.#last;
    if (!last || seenAtMs > last.fromMs + last.lengthMs + LATELY_MS) return undefined;
    return { id: last.match, atMs: Math.min(Math.round(seenAtMs - last.fromMs), last.lengthMs) };
  }

  /** Call with the events of each step, before what follows from them. */
  follow(events: readonly SimEvent[]): void {
    const take = this.#take;
    if (!take || events.length === 0) return;
    const nowMs = this.#parts.nowMs();
    take.marks.follow(events, Math.round(replayMs(take, nowMs)));
    const isOver = events.some((event) => event.type === "match" && event.phase === "results");
    if (isOver) take.endsAtMs = nowMs + AFTERMATH_MS;
  }

  /** Call before each patch. */
  beforePatch(): void {
    const { record, settings, tapes, nowMs, visibility } = this.#parts;
    if (this.#take) this.#endIfDue(this.#take, nowMs());
    const { matchId } = record;
    const isNew = !this.#take && matchId !== undefined && matchId !== this.#lastMatch;
    if (isNew && settings.now.recorded) this.#begin(matchId, tapes());
    const take = this.#take;
    if (!take || this.#isResting(take, nowMs()) || nowMs() - take.segmentFromMs < SEGMENT_MS) return;
    take.segmentFromMs = nowMs();
    visibility.resync(this.#client);
  }

  /** The room goes on elsewhere, or after a restart, and there with the same replay. */
  leave(): void {
    const take = this.#take;
    if (!take) return;
    this.#endSegment(take);
    this.#stop();
  }

  /** The room ends. */
  close(): void {
    const take = this.#take;
    if (take?.endsAtMs !== undefined) this.#finish(take);
    else if (take) this.#discard(take);
  }

  /** Another instance of the room goes on with the replay from this. */
  snapshot(): RecordingForm | null {
    const take = this.#take;
    if (!take) return null;
    const { match, endsAtMs = null, marks, people, restsAtMs } = take;
    const fromMs = restsAtMs === undefined ? take.fromMs : this.#parts.nowMs() - restsAtMs;
    return { match, schema: SCHEMA, fromMs, endsAtMs, marks: marks.newest(), people: [...people.values()] };
  }

  /** The room's clock must be restored. */
  restore(form: RecordingForm | null): void {
    if (!form) return;
    const { match, schema, fromMs, endsAtMs, marks, people } = form;
    this.#lastMatch = match;
    const tapes = this.#parts.tapes();
    // Its file describes the schema of the server that began it.
    if (!tapes || schema !== SCHEMA) return;
    this.#start({
      match,
      tape: tapes.resume(match),
      fromMs,
      marks: new Marks(this.#parts.world, marks),
      people: new Map(people.map((person) => [person.seat, person])),
      endsAtMs: endsAtMs ?? undefined,
      ...goingOn(this.#parts.nowMs()),
    });
  }

  #begin(match: string, tapes: Tapes | undefined): void {
    if (!tapes) return;
    this.#start({
      match,
      tape: tapes.open(this.#headOf(match)),
      fromMs: this.#parts.nowMs(),
      marks: new Marks(this.#parts.world),
      people: new Map(),
      endsAtMs: undefined,
      ...goingOn(this.#parts.nowMs()),
    });
  }

  #start(take: Take): void {
    this.#take = take;
    this.#lastMatch = take.match;
    this.#listen();
  }

  #stop(): void {
    if (this.#take?.restsAtMs === undefined) this.#listenNoMore();
    this.#take = undefined;
  }

  #listen(): void {
    this.#parts.recorders.push(this.#client);
  }

  #listenNoMore(): void {
    const { recorders, visibility } = this.#parts;
    recorders.splice(recorders.indexOf(this.#client), 1);
    visibility.close(this.#client);
  }

  /** Whether the replay stands still with the world. The aftermath does not. */
  #isResting(take: Take, nowMs: number): boolean {
    const { tick } = this.#parts.world.state;
    if (tick !== take.tick || take.endsAtMs !== undefined) {
      take.tick = tick;
      take.tickedAtMs = nowMs;
      if (take.restsAtMs !== undefined) this.#goOn(take, take.restsAtMs, nowMs);
      return false;
    }
    if (take.restsAtMs === undefined) {
      if (nowMs - take.tickedAtMs < STILL_MS) return false;
      this.#endSegment(take);
      take.restsAtMs = nowMs - take.fromMs;
      this.#listenNoMore();
    }
    if (nowMs - take.touchedAtMs >= TOUCH_MS) {
      take.touchedAtMs = nowMs;
      take.tape.touch();
    }
    return true;
  }

  /** With a segment of its own. */
  #goOn(take: Take, restedAtMs: number, nowMs: number): void {
    take.former = { fromMs: take.fromMs, untilMs: restedAtMs };
    take.fromMs = nowMs - restedAtMs;
    take.restsAtMs = undefined;
    Object.assign(take, noSegment());
    this.#listen();
  }

  #headOf(match: string): ReplayHead {
    const { room, settings, world } = this.#parts;
    const { hosted, mode, map } = world.state;
    return {
      format: REPLAY_FORMAT,
      protocol: PROTOCOL_VERSION,
      match,
      // Whoever knows a hosted room's code may enter it, and a replay is for everybody with its link.
      room: hosted ? "" : room,
      isHosted: hosted,
      startedAt: Date.now(),
      mode,
      map,
      mapSha256: mapOf(map)?.sha256 ?? "",
      patchMs: msPerPose(settings.now.players),
      handshake: Buffer.from(this.#parts.handshake()).toString("base64"),
    };
  }

  #receive(frame: Uint8Array): void {
    const take = this.#take;
    if (!take) return;
    // A whole state begins a segment: what was held back until then had happened before.
    if (isFullState(frame)) this.#endSegment(take);
    const atMs = Math.round(this.#parts.nowMs() - take.fromMs);
    take.frames.push({ atMs, bytes: new Uint8Array(frame) });
  }

  #endSegment(take: Take): void {
    const { frames } = take;
    take.frames = [];
    this.#notePeople(take);
    const [first, last] = [frames[0], frames.at(-1)];
    if (first && last) take.tape.add({ fromMs: first.atMs, toMs: last.atMs, frames: writeFrames(frames) });
  }

  #endIfDue(take: Take, nowMs: number): void {
    const { record, settings } = this.#parts;
    const { match, tape, endsAtMs } = take;
    const { matchId } = record;
    const isKept = settings.now.recorded && replayMs(take, nowMs) < LENGTH_MAX_MS;
    const hasNext = matchId !== undefined && matchId !== match;
    if (tape.isOver) this.#stop();
    else if (!isKept || (endsAtMs === undefined && matchId !== match)) this.#discard(take);
    else if (endsAtMs !== undefined && (nowMs >= endsAtMs || hasNext)) this.#finish(take);
  }

  #finish(take: Take): void {
    const { match, fromMs, frames } = take;
    const lengthMs = frames.at(-1)?.atMs ?? Math.round(take.segmentFromMs - fromMs);
    this.#endSegment(take);
    this.#stop();
    this.#last = { match, fromMs, lengthMs };
    take.tape.finish({ marks: [...take.marks.all], people: [...take.people.values()] });
  }

  #discard({ tape }: Take): void {
    this.#stop();
    tape.discard();
  }

  #notePeople({ people }: Take): void {
    for (const [seat, { name, team, bot, spectating }] of this.#parts.world.state.roster.entries()) {
      const isNoted = people.size < PEOPLE_MAX || people.has(seat);
      if (isNoted && !spectating) people.set(seat, { seat, name, team, isBot: bot });
    }
  }
}
