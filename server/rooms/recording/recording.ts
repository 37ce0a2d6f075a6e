/**
 * Records a room's matches, each from its first live tick to a moment after its results. It only gathers bytes: the tape
 * compresses and writes them elsewhere.
 */
import type { Client } from "@colyseus/core";
import { MAPS } from "#server/arenas.ts";
import type { MatchRecord } from "#server/rooms/match/matchRecord.ts";
import type { Visibility } from "#server/rooms/sync/visibility.ts";
import type { OpenTape, Tape } from "#server/services/replays/tape.ts";
import { PATCH_MS } from "#shared/config.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import { type Frame, writeFrames } from "#shared/replay/frames.ts";
import { REPLAY_FORMAT, type ReplayHead, type ReplayPerson } from "#shared/replay/replay.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { Marks } from "./marks.ts";
import { createRecordingClient } from "./recordingClient.ts";

/** A segment begins with a whole state: a viewer can begin at any. */
export const SEGMENT_MS = 5_000;
/** The results stay in the picture for so long. */
const AFTERMATH_MS = 3_000;
/** For so long after a replay's end, its end is the newest that there is to see: longer than results are shown. */
const LATELY_MS = 60_000;

export interface RecordingParts {
  readonly world: ArenaWorld;
  readonly record: Pick<MatchRecord, "matchId">;
  readonly visibility: Pick<Visibility, "resync" | "close">;
  readonly room: string;
  /** Undefined while the room does not record what begins. */
  openTape(): OpenTape | undefined;
  /** Time of the room's clock, ms. */
  nowMs(): number;
  /** Colyseus' handshake, which describes the schema. */
  handshake(): Uint8Array;
}

/** A match that is being recorded. Times are on the room's clock. */
interface Take {
  readonly match: string;
  readonly tape: Tape;
  readonly fromMs: number;
  readonly marks: Marks;
  readonly people: Map<string, ReplayPerson>;
  /** Of the segment under way. */
  frames: Frame[];
  segmentFromMs: number;
  /** When the aftermath is over; undefined while the match lasts. */
  endsAtMs: number | undefined;
}

export class Recording {
  readonly #parts: RecordingParts;
  readonly #client = createRecordingClient((frame) => this.#receive(frame));
  #take: Take | undefined;
  /** The match that was recorded last, until the next one is. */
  #last: { readonly match: string; readonly fromMs: number; readonly lengthMs: number } | undefined;

  constructor(parts: RecordingParts) {
    this.#parts = parts;
  }

  /** Who receives the room's patches and events for the recording: nobody between matches. */
  get audience(): readonly Client[] {
    return this.#take ? [this.#client] : [];
  }

  /** What was to be seen `agoMs` ago: the replay, and the moment in it. Undefined if no replay has it. */
  moment(agoMs: number): { id: string; atMs: number } | undefined {
    const seenAtMs = this.#parts.nowMs() - agoMs;
    const take = this.#take;
    if (take && seenAtMs >= take.fromMs) return { id: take.match, atMs: Math.round(seenAtMs - take.fromMs) };
    const last = this.#last;
    if (!last || seenAtMs > last.fromMs + last.lengthMs + LATELY_MS) return undefined;
    return { id: last.match, atMs: Math.min(Math.round(seenAtMs - last.fromMs), last.lengthMs) };
  }

  /** Call with the events of each step, before what follows from them. */
  follow(events: readonly SimEvent[]): void {
    const take = this.#take;
    if (!take || events.length === 0) return;
    const nowMs = this.#parts.nowMs();
    take.marks.follow(events, Math.round(nowMs - take.fromMs));
    const isOver = events.some((event) => event.type === "match" && event.phase === "results");
    if (isOver) take.endsAtMs = nowMs + AFTERMATH_MS;
  }

  /** Call before each patch. */
  beforePatch(): void {
    const { record, openTape, nowMs, visibility } = this.#parts;
    const now = nowMs();
    const { matchId } = record;
    const take = this.#take;
    if (take && (now >= (take.endsAtMs ?? Number.POSITIVE_INFINITY) || isAnother(take, matchId)))
      this.#end(take);
    const open = this.#take || matchId === undefined ? undefined : openTape();
    if (open && matchId !== undefined) this.#take = this.#begin(matchId, now, open);
    const current = this.#take;
    if (!current || now - current.segmentFromMs < SEGMENT_MS) return;
    this.#endSegment(current);
    current.segmentFromMs = now;
    visibility.resync(this.#client);
  }

  /** The room ends. */
  close(): void {
    if (this.#take) this.#end(this.#take);
  }

  #begin(match: string, fromMs: number, open: OpenTape): Take {
    const { world, room } = this.#parts;
    const { state } = world;
    const head: ReplayHead = {
      format: REPLAY_FORMAT,
      protocol: PROTOCOL_VERSION,
      match,
      room,
      isHosted: state.hosted,
      startedAt: Date.now(),
      mode: state.mode,
      map: state.map,
      mapSha256: MAPS.get(state.map)?.sha256 ?? "",
      patchMs: PATCH_MS,
      handshake: Buffer.from(this.#parts.handshake()).toString("base64"),
    };
    return {
      match,
      tape: open(head),
      fromMs,
      marks: new Marks(world),
      people: new Map(),
      frames: [],
      // The first segment begins with the next patch.
      segmentFromMs: Number.NEGATIVE_INFINITY,
      endsAtMs: undefined,
    };
  }

  #receive(frame: Uint8Array): void {
    const take = this.#take;
    if (!take) return;
    const atMs = Math.round(this.#parts.nowMs() - take.fromMs);
    take.frames.push({ atMs, bytes: Uint8Array.from(frame) });
  }

  #endSegment(take: Take): void {
    const { frames } = take;
    take.frames = [];
    this.#notePeople(take);
    const [first, last] = [frames[0], frames.at(-1)];
    if (first && last) take.tape.add({ fromMs: first.atMs, toMs: last.atMs, frames: writeFrames(frames) });
  }

  #end(take: Take): void {
    this.#take = undefined;
    this.#last = undefined;
    const { match, fromMs, frames } = take;
    const lengthMs = frames.at(-1)?.atMs ?? Math.round(take.segmentFromMs - fromMs);
    this.#endSegment(take);
    this.#parts.visibility.close(this.#client);
    // A match that was restarted or that everybody left has no result to be linked from.
    if (take.endsAtMs === undefined) take.tape.discard();
    else {
      this.#last = { match, fromMs, lengthMs };
      take.tape.finish({ marks: [...take.marks.all], people: [...take.people.values()] });
    }
  }

  #notePeople({ people }: Take): void {
    for (const [seat, { name, team, bot, spectating }] of this.#parts.world.state.roster.entries()) {
      if (!spectating) people.set(seat, { seat, name, team, isBot: bot });
    }
  }
}

/** Whether the room has gone on to another match than the one that is being recorded. */
const isAnother = (take: Take, matchId: string | undefined): boolean =>
  matchId === undefined ? take.endsAtMs === undefined : matchId !== take.match;
