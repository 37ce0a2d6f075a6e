/** Recorded matches against what a live spectator decoded, without a network or a clock. */
import {
  appendFileSync,
  existsSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { v7 as uuidV7 } from "uuid";
import { describe, expect, test } from "vitest";
import { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import { isFullState, isStateFrame } from "#server/colyseus/internals.ts";
import { STILL_MS } from "#server/rooms/recording/recording.ts";
import { partPath, replayPath } from "#server/services/replays/files.ts";
import { type FileTapes, fileTapes } from "#server/services/replays/fileTape.ts";
import { Shelf } from "#server/services/replays/shelf.ts";
import { ORPHAN_MS, ReplaySweep } from "#server/services/replays/sweep.ts";
import { type ReadReplay, readReplay } from "#server/testing/readReplay.ts";
import { Diary, RecordedFight, type RecordedFightParts } from "#server/testing/recordedFight.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import { POSE_FIELDS } from "#shared/schema/state.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";

interface Recorded extends RecordedFight {
  readonly match: string;
  readonly folder: string;
  readonly tapes: FileTapes;
  readonly failures: unknown[];
}

/** A match that is about to begin. */
function recorded(change: Partial<RecordedFightParts> & { waitingMaxBytes?: number } = {}): Recorded {
  const folder = temporaryFolder("replays");
  const failures: unknown[] = [];
  const { waitingMaxBytes, ...rest } = change;
  const failed = (_match: string, error: unknown) => void failures.push(error);
  const tapes = fileTapes({
    folder,
    failed,
    tiledJsonOf: () => undefined,
    ...(waitingMaxBytes !== undefined && { waitingMaxBytes }),
  });
  const match = uuidV7();
  const fight = new RecordedFight({ mode: "deathmatch", seed: 1, seconds: 8, match, tapes, ...rest });
  return Object.assign(fight, { match, folder, tapes, failures });
}

const sweepOf = ({ folder }: Recorded) => new ReplaySweep(folder, { count: 10, ageMs: 1e9, bytes: 1e9 });

async function playOut(fight: Recorded): Promise<ReadReplay> {
  fight.playOut();
  await fight.tapes.written();
  return readReplay(replayPath(fight.folder, fight.match));
}

function decoded(frames: ReadReplay["frames"]): Diary {
  const diary = new Diary("viewer");
  for (const { bytes } of frames.flat()) diary.raw(bytes);
  return diary;
}

/** What the spectator decoded at the times of these states. */
function liveOf({ spectator }: RecordedFight, { states }: Diary): Map<number, string> {
  const [first = 0, last = 0] = [Math.min(...states.keys()), Math.max(...states.keys())];
  return new Map([...spectator.states].filter(([tick]) => tick >= first && tick <= last));
}

/** Ticks at which the states differ, or only one is there. */
const differences = (a: ReadonlyMap<number, string>, b: ReadonlyMap<number, string>): number[] =>
  [...new Set([...a.keys(), ...b.keys()])].filter((tick) => a.get(tick) !== b.get(tick));

/** The match is live from the first tick on. */
const liveSeconds = (fight: Recorded, seconds: number) => {
  for (let tick = 0; tick < seconds * TICKS_PER_SEC; tick++) fight.step();
};

const filesOf = ({ folder }: Recorded) => readdirSync(folder).map((name) => name.split(".").at(-1));

describe.each(MODE_NAMES)("a match of %s", (mode) => {
  test("[TAPE-1] of ten seeds decodes to what a live spectator decoded, tick by tick", async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const fight = recorded({ mode, seed });
      const replay = await playOut(fight);
      const shown = decoded(replay.frames);
      const live = liveOf(fight, shown);
      expect({ seed, wrong: differences(live, shown.states) }).toEqual({ seed, wrong: [] });
      // 8 s and the aftermath, at 20 patches a second.
      expect(shown.states.size).toBeGreaterThan(10 * 20);
      expect([...shown.secrets, ...fight.spectator.secrets]).toEqual([]);
      const messages = (diary: Diary) => diary.messages.map((bytes) => Buffer.from(bytes).toString("hex"));
      expect(messages(shown).length).toBeGreaterThan(20);
      expect(messages(fight.spectator).join()).toContain(messages(shown).join());
      expect(replay.end?.marks.filter(({ is }) => is === "end")).toHaveLength(1);
    }
  });
});

const NO_BYTES = new Uint8Array();

/** Two patches: the replay goes on with one, and ends with one. */
const SLACK_MS = 100;

describe("a replay", () => {
  test("[TAPE-2] has segments of five seconds, each of which decodes by itself", async () => {
    const fight = recorded({ seconds: 20 });
    const { frames, segments } = await playOut(fight);
    const all = decoded(frames);
    expect(segments.map(({ fromMs }) => Math.round(fromMs / 1000))).toEqual([0, 5, 10, 15, 20]);
    for (const segment of frames) {
      const [first, second] = segment.map(({ bytes }) => bytes);
      expect([isFullState(first ?? NO_BYTES), isStateFrame(second ?? NO_BYTES)]).toEqual([true, true]);
      const alone = decoded([segment]);
      const same = [...all.states].filter(([tick]) => alone.states.has(tick));
      expect(differences(new Map(same), alone.states)).toEqual([]);
      expect(alone.states.size).toBeGreaterThan(50);
    }
  });

  test("[TAPE-3] of a room with more than 48 seats has poses five times a second, and all else at once", async () => {
    const fight = recorded({ players: 64 });
    const { frames, head, segments } = await playOut(fight);
    expect(head.patchMs).toBe(200);
    const shown = decoded(frames);
    const live = liveOf(fight, shown);
    const due = (states: ReadonlyMap<number, string>) =>
      new Map([...states].filter(([tick]) => (shown.places.get(tick) ?? 0) % 4 === 0));
    expect(due(live).size).toBeGreaterThan(50);
    expect(differences(due(live), due(shown.states))).toEqual([]);
    const late = differences(live, shown.states);
    expect(late.length).toBeGreaterThan(70);
    const poseless = (states: ReadonlyMap<number, string>) =>
      new Map([...states].map(([tick, json]) => [tick, withoutPoses(json)]));
    expect(differences(poseless(live), poseless(shown.states))).toEqual([]);
    const dense = await playOut(recorded({ players: 48 }));
    expect(dense.head.patchMs).toBe(50);
    const bytesOf = (places: ReadReplay["segments"]) => places.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(bytesOf(segments)).toBeLessThan(0.7 * bytesOf(dense.segments));
  });

  test("[TAPE-4] of 16 players takes at most 1 MB in five minutes", async () => {
    const fight = recorded({ seconds: 30, drones: 16 });
    await playOut(fight);
    const { size } = statSync(replayPath(fight.folder, fight.match));
    expect(10 * size).toBeLessThan(1_000_000);
  });

  test("[TAPE-24] stands still while no tick runs, so that a long pause costs a moment, and goes on after it", async () => {
    const [plain, paused] = [recorded({ seconds: 12, drones: 16 }), recorded({ seconds: 6, drones: 16 })];
    const without = await playOut(plain);
    const sweep = sweepOf(paused);
    liveSeconds(paused, 6);
    const pausedAtTick = paused.fight.world.state.tick;
    const early = paused.recording.moment(0)?.atMs ?? 0;
    for (let minute = 0; minute < 12; minute++) {
      paused.pause(60);
      await paused.tapes.written();
      await sweep.sweep(Date.now() + minute * 60_000);
    }
    expect(filesOf(paused)).toEqual(["part"]);
    const { atMs = 0 } = paused.recording.moment(0) ?? {};
    expect(atMs).toBe(early + STILL_MS);
    const { size } = statSync(partPath(paused.folder, paused.match));
    const { segments, frames, end } = await playOut(paused);
    expect(segments.map(({ fromMs }) => Math.round(fromMs / 1000))).toEqual([0, 5, 7, 12]);
    const lengthOf = (places: ReadReplay["segments"]) => places.at(-1)?.toMs ?? 0;
    expect(lengthOf(segments) - lengthOf(without.segments)).toBeLessThanOrEqual(STILL_MS + SLACK_MS);
    expect(size).toBeLessThan(60_000);
    expect(end?.marks.at(-1)?.atMs).toBeLessThanOrEqual(lengthOf(segments));
    const shown = decoded(frames);
    // The live spectator was sent the state of that tick once more, in the pause.
    const wrong = differences(liveOf(paused, shown), shown.states);
    expect(wrong.filter((tick) => tick !== pausedAtTick)).toEqual([]);
  });

  test("[TAPE-5] cannot be found or read while the match lasts", async () => {
    const fight = recorded();
    const shelf = new Shelf(fight.folder);
    liveSeconds(fight, 8);
    await fight.tapes.written();
    expect(filesOf(fight)).toEqual(["part"]);
    await sweepOf(fight).sweep(Date.now());
    expect([await shelf.find(fight.match), await shelf.info(fight.match)]).toEqual([undefined, undefined]);
    await playOut(fight);
    expect(filesOf(fight)).toEqual(["replay"]);
    expect(await shelf.info(fight.match)).toMatchObject({ head: { match: fight.match } });
  });

  test("[TAPE-6] of a match that is restarted, or whose room ends before it, is deleted", async () => {
    const restarted = recorded();
    liveSeconds(restarted, 6);
    restarted.fight.world.state.phase = "waiting";
    const ended = recorded();
    liveSeconds(ended, 6);
    await ended.tapes.written();
    expect(filesOf(ended)).toEqual(["part"]);
    ended.recording.close();
    for (let tick = 0; tick < 3; tick++) restarted.step();
    for (const fight of [restarted, ended]) {
      await fight.tapes.written();
      expect(filesOf(fight)).toEqual([]);
      expect(fight.failures).toEqual([]);
    }
  });

  test("[TAPE-7] is deleted once the host turns recording off, and not begun again in that match", async () => {
    const fight = recorded();
    liveSeconds(fight, 6);
    await fight.tapes.written();
    expect(filesOf(fight)).toEqual(["part"]);
    fight.fight.settings.now.recorded = false;
    for (let tick = 0; tick < 3; tick++) fight.step();
    fight.fight.settings.now.recorded = true;
    fight.playOut();
    await fight.tapes.written();
    expect(filesOf(fight)).toEqual([]);
  });

  test("[TAPE-8] is not written by a room that does not record, or on a server that does not", async () => {
    const off = recorded();
    off.fight.settings.now.recorded = false;
    const without = recorded({ tapes: undefined });
    for (const fight of [off, without]) {
      fight.playOut();
      await fight.tapes.written();
      expect(filesOf(fight)).toEqual([]);
    }
  });
});

/** Through JSON, as another process gets it. */
const formOf = ({ recording }: RecordedFight) =>
  RoomSnapshot.shape.recording.parse(JSON.parse(JSON.stringify(recording.snapshot())));

describe("a room that goes on elsewhere", () => {
  test("[TAPE-20] records on into the same file, and loses nothing when it moved", async () => {
    const fight = recorded({ seconds: 10 });
    liveSeconds(fight, 8);
    const form = formOf(fight);
    fight.recording.leave();
    await fight.tapes.written();
    fight.recording = fight.newRecording();
    fight.recording.restore(form);
    const { frames, end, segments } = await playOut(fight);
    expect(filesOf(fight)).toEqual(["replay"]);
    const shown = decoded(frames);
    expect(differences(liveOf(fight, shown), shown.states)).toEqual([]);
    expect(segments[0]?.fromMs).toBe(0);
    expect(end?.people).toHaveLength(6);
    const kills = end?.marks.filter(({ is }) => is === "kill") ?? [];
    expect(kills.some(({ atMs }) => atMs < 8_000)).toBe(true);
    expect(kills.some(({ atMs }) => atMs > 8_000)).toBe(true);
  });

  test("[TAPE-21] after a crash records on behind the last whole segment: a torn one is cut off", async () => {
    const fight = recorded({ seconds: 10 });
    liveSeconds(fight, 8);
    const form = formOf(fight);
    await fight.tapes.written();
    fight.fight.recorders.length = 0;
    appendFileSync(partPath(fight.folder, fight.match), Buffer.from([255, 0, 0, 0, 1, 2, 3, 4, 5]));
    fight.recording = fight.newRecording();
    fight.recording.restore(form);
    const { frames, segments } = await playOut(fight);
    expect(segments.length).toBeGreaterThanOrEqual(4);
    const shown = decoded(frames);
    const live = liveOf(fight, shown);
    // The frames in the memory of the process that died are missing.
    const missing = [...live.keys()].filter((tick) => !shown.states.has(tick));
    expect(missing.length).toBeGreaterThan(40);
    expect(missing.length).toBeLessThan(110);
    for (const tick of missing) live.delete(tick);
    expect(differences(live, shown.states)).toEqual([]);
  });

  test("[TAPE-22] does not go on with a replay of another schema, which ends there", async () => {
    const fight = recorded();
    liveSeconds(fight, 7);
    const form = formOf(fight);
    fight.recording.leave();
    fight.recording = fight.newRecording();
    fight.recording.restore(form && { ...form, schema: "of an earlier version" });
    fight.playOut();
    await fight.tapes.written();
    expect(filesOf(fight)).toEqual(["part"]);
    const sweeping = sweepOf(fight);
    const nowMs = Date.now();
    await sweeping.sweep(nowMs);
    expect(filesOf(fight)).toEqual(["part"]);
    await sweeping.sweep(nowMs + ORPHAN_MS + 1);
    expect(filesOf(fight)).toEqual(["replay"]);
    const { frames } = await readReplay(replayPath(fight.folder, fight.match));
    const shown = decoded(frames);
    expect(shown.states.size).toBeGreaterThan(6 * 20);
    expect(differences(liveOf(fight, shown), shown.states)).toEqual([]);
  });

  test("[TAPE-23] leaves a part without a segment to the sweep, which deletes it", async () => {
    const fight = recorded();
    liveSeconds(fight, 1);
    await fight.tapes.written();
    fight.fight.recorders.length = 0;
    expect(filesOf(fight)).toEqual(["part"]);
    const sweeping = sweepOf(fight);
    const nowMs = Date.now();
    await sweeping.sweep(nowMs);
    await sweeping.sweep(nowMs + ORPHAN_MS + 1);
    expect(filesOf(fight)).toEqual([]);
  });
});

describe("a disk that takes nothing", () => {
  test("[TAPE-30] when it is full ends the recording with one failure, and the match goes on", async () => {
    const fight = recorded();
    liveSeconds(fight, 1);
    await fight.tapes.written();
    expect(fight.fight.recorders).toHaveLength(1);
    const part = partPath(fight.folder, fight.match);
    rmSync(part);
    symlinkSync("/dev/full", part);
    for (let tick = 0; tick < 6 * TICKS_PER_SEC; tick++) fight.step();
    await fight.tapes.written();
    expect(fight.failures).toEqual([expect.objectContaining({ code: "ENOSPC" })]);
    fight.playOut();
    await fight.tapes.written();
    expect(fight.fight.world.state.phase).toBe("results");
    expect([fight.failures.length, fight.fight.recorders.length, existsSync(part)]).toEqual([1, 0, false]);
  });

  test("[TAPE-31] from the start ends the recording with one failure", async () => {
    const fight = recorded();
    rmSync(fight.folder, { recursive: true });
    writeFileSync(fight.folder, "no folder");
    liveSeconds(fight, 1);
    await fight.tapes.written();
    fight.playOut();
    await fight.tapes.written();
    expect(fight.failures).toHaveLength(1);
    expect(fight.fight.recorders).toHaveLength(0);
    rmSync(fight.folder);
  });

  test("[TAPE-32] that is too slow ends the recording beyond a bound of waiting bytes", async () => {
    const fight = recorded({ seconds: 20, waitingMaxBytes: 20_000 });
    // Nothing is written before this function waits.
    fight.playOut();
    expect(fight.failures).toEqual([new Error("the disk is too slow")]);
    expect(fight.fight.recorders).toHaveLength(0);
    await fight.tapes.written();
    expect(fight.failures).toHaveLength(1);
    expect(readdirSync(fight.folder)).toEqual([]);
  });
});

function withoutPoses(json: string): string {
  const state = JSON.parse(json);
  for (const drone of Object.values(state.drones ?? {}) as object[])
    for (const field of POSE_FIELDS) Reflect.deleteProperty(drone, field);
  return JSON.stringify(state);
}
