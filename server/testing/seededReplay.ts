/** A match of bots from a seed, recorded as a room records it, without a network or a clock: the same bytes each time. */
import type { Client } from "@colyseus/core";
import { MAPS } from "#server/arenas.ts";
import { joinFrame } from "#server/colyseus/internals.ts";
import { Recording } from "#server/rooms/recording/recording.ts";
import { updateRoster } from "#server/rooms/seats.ts";
import { sendEvents } from "#server/rooms/sync/eventFanout.ts";
import { Outbox } from "#server/rooms/sync/outbox.ts";
import { ArenaSerializer, type Views } from "#server/rooms/sync/serializer.ts";
import { Visibility } from "#server/rooms/sync/visibility.ts";
import { Bots } from "#server/rooms/tick/bots.ts";
import { RoundTrips } from "#server/rooms/tick/roundTrips.ts";
import type { OpenTape } from "#server/services/replays/tape.ts";
import { PATCH_MS, TICK_MS } from "#shared/config.ts";
import { type ArenaWorld, createWorld } from "#shared/game/createWorld.ts";
import { stepWorld } from "#shared/game/step.ts";
import { endlessRules } from "#shared/modes/rules.ts";
import { writeEnd, writeHead, writeSegment } from "#shared/replay/container.ts";
import { gzip } from "#shared/replay/gzip.ts";
import type { ReplayEnd, ReplayHead, SegmentPlace } from "#shared/replay/replay.ts";
import type { Command } from "#shared/schema/input.ts";
import type { ModeName } from "#shared/schema/names.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { seenNow } from "#shared/sim/sight.ts";

export interface SeededMatch {
  readonly seed: number;
  readonly mode: ModeName;
  readonly map: string;
  readonly bots: number;
  readonly lengthTicks: number;
}

export const SMALL_MATCH: SeededMatch = {
  seed: 17,
  mode: "teamDeathmatch",
  map: "foundry",
  bots: 6,
  lengthTicks: 600,
};

/** 2026-11-28; the id is a UUIDv7 of that time. */
const STARTED_AT = Date.UTC(2026, 10, 28);
const MATCH = "019ac7b9-7800-7000-8000-000000000017";
/** The results stay in the picture for a moment. */
const AFTER_TICKS = 150;

export interface SeededReplay {
  readonly file: Uint8Array;
  /** As the match ended. */
  readonly state: ArenaState;
}

export async function recordSeededMatch(match: SeededMatch = SMALL_MATCH): Promise<SeededReplay> {
  const { seed, mode, map, bots: count, lengthTicks } = match;
  const offered = MAPS.get(map);
  if (!offered) throw new Error(`there is no map "${map}"`);
  const rules = { ...endlessRules(mode), timeLimitTicks: lengthTicks };
  const world = createWorld(offered.arena, seed, rules);
  Object.assign(world.state, { map, phaseEndsTick: lengthTicks });
  const tape = memoryTape();
  const room = recordedRoom(world, tape.open);
  const bots = new Bots(world);
  room.happened(bots.fill(count));
  // A draw goes on until somebody leads.
  for (let lastTick = lengthTicks; world.state.tick < lastTick; ) {
    const commands = new Map<string, readonly Command[]>();
    bots.command(commands);
    const events = stepWorld(world, commands, seenNow);
    bots.hear(events);
    updateRoster(world);
    room.happened(events);
    room.patch();
    if (world.state.phase === "live") lastTick = world.state.tick + AFTER_TICKS;
  }
  room.close();
  return { file: await tape.written(), state: world.state };
}

/** What ArenaRoom does for a recording. */
function recordedRoom(world: ArenaWorld, open: OpenTape) {
  const { state } = world;
  const nowMs = () => Math.round(state.tick * TICK_MS);
  const views: Views = new WeakMap();
  const outbox = new Outbox();
  const others = (): readonly Client[] => recording.audience;
  const serializer = new ArenaSerializer({ views, outbox, roundTrips: new RoundTrips(), others });
  serializer.reset(state);
  const visibility = new Visibility({
    ...{ world, views, outbox, nowMs },
    settings: { now: { spectating: "delayed" } },
    leanOf: () => ({ x: 0, y: 0 }),
    sendFullState: (client) => client.raw(serializer.getFullState(client, { sNow: nowMs() })),
  });
  const recording = new Recording({
    ...{ world, visibility, nowMs },
    record: {
      get matchId() {
        return state.phase === "live" ? MATCH : undefined;
      },
    },
    room: "BCDFG",
    openTape: () => open,
    handshake: () => joinFrame({ _serializer: serializer } as never),
  });
  let patchedMs = Number.NEGATIVE_INFINITY;
  return {
    happened(events: Parameters<typeof sendEvents>[3]): void {
      sendEvents(recording.audience, visibility, world, events);
      recording.follow(events);
    },
    patch(): void {
      if (nowMs() - patchedMs < PATCH_MS) return;
      patchedMs = nowMs();
      recording.beforePatch();
      visibility.update(recording.audience);
      serializer.applyPatches([], state, { sNow: nowMs() });
    },
    close: () => recording.close(),
  };
}

/** Like fileTape.ts, but in memory. */
function memoryTape(): { open: OpenTape; written(): Promise<Uint8Array> } {
  let head: ReplayHead | undefined;
  let end: Pick<ReplayEnd, "marks" | "people"> | undefined;
  const segments: { fromMs: number; toMs: number; frames: Uint8Array }[] = [];
  return {
    open(given) {
      head = { ...given, startedAt: STARTED_AT };
      return {
        add: (segment) => void segments.push(segment),
        finish: (given) => {
          end = given;
        },
        discard() {},
      };
    },
    async written() {
      if (!head || !end) throw new Error("the match was not recorded to its end");
      const parts = [await writeHead(head, gzip)];
      const places: SegmentPlace[] = [];
      let at = parts[0]?.length ?? 0;
      for (const { fromMs, toMs, frames } of segments) {
        const bytes = writeSegment(fromMs, toMs, await gzip(frames));
        parts.push(bytes);
        places.push({ at, bytes: bytes.length, fromMs, toMs });
        at += bytes.length;
      }
      parts.push(await writeEnd({ segments: places, ...end }, at, gzip));
      return new Uint8Array(Buffer.concat(parts));
    },
  };
}
